import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** The public keys of an issuer as they were looked up once. Other keys are another set; the same ones, looked up again, are the same. */
export interface KeySet {
  readonly find: JWTVerifyGetKey;
}

/**
 * The public keys of an issuer, looked up again and again, so that a key which the issuer has withdrawn is not believed for long. Both
 * reject where they cannot be looked up.
 */
export interface IssuerKeys {
  /** At once, unless none are known or the known ones are too old to be believed. */
  current(): KeySet | Promise<KeySet>;
  /** For a token whose key is not among them: as they are now, unless they were looked up a moment ago. */
  renewed(): Promise<KeySet>;
}

/** After this they are looked up again, while the known ones still do. */
export const FRESH_MS = 5 * 60_000;
/** So long they are believed while their issuer does not answer. */
export const BELIEVED_MS = 60 * 60_000;
/** So long nobody looks twice, whatever tokens name. */
export const PAUSE_MS = 30_000;

export interface KeySource {
  /** Looks them up. */
  readonly load: () => Promise<JSONWebKeySet>;
  /** Known from the start. */
  readonly known?: JSONWebKeySet;
  /** Milliseconds of a clock that is never set back. */
  readonly now?: () => number;
}

interface Known {
  readonly set: KeySet;
  readonly text: string;
  readonly at: number;
}

/** Keys are looked up when somebody sends a token, and at no other time. */
export const createIssuerKeys = ({ load, known: first, now = () => performance.now() }: KeySource): IssuerKeys => {
  let known = first && asKnown(undefined, first, now());
  let tried = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let loading: Promise<KeySet> | undefined;

  const lookUp = async (): Promise<KeySet> => {
    tried = now();
    try {
      known = asKnown(known, await load(), now());
      failure = undefined;
      return known.set;
    } catch (error) {
      failure = error;
      throw error;
    } finally {
      loading = undefined;
    }
  };

  const lookUpOnce = (): Promise<KeySet> => {
    loading ??= lookUp();
    return loading;
  };

  const age = (): number => (known === undefined ? Number.POSITIVE_INFINITY : now() - known.at);
  const isPausing = (): boolean => now() - tried < PAUSE_MS;

  return {
    current: () => {
      if (known !== undefined && age() < FRESH_MS) return known.set;
      if (known !== undefined && age() < BELIEVED_MS) {
        // Who asks meanwhile is answered from those that are known; what keeps them from being looked up is told when these are too old.
        if (!isPausing()) lookUpOnce().catch(() => {});
        return known.set;
      }
      if (loading === undefined && failure !== undefined && isPausing()) return Promise.reject(failure);
      return lookUpOnce();
    },
    renewed: async () => {
      if (loading !== undefined) return loading;
      if (known !== undefined && (isPausing() || age() < PAUSE_MS)) return known.set;
      return lookUpOnce();
    },
  };
};

const asKnown = (before: Known | undefined, jwks: JSONWebKeySet, at: number): Known => {
  const text = JSON.stringify(jwks);
  const set = before?.text === text ? before.set : { find: createLocalJWKSet(jwks) };
  return { set, text, at };
};
