import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { oneOf } from '../../domain/kernel/codes.ts';
import { ROLES } from '../../domain/kernel/roles.ts';
import { officeSchema, officeSide, sideSchema } from '../../domain/kernel/sides.ts';
import type { Account } from './account.ts';
import type { KeySet } from './issuer-keys.ts';
import type { TrustedIssuer } from './issuers.ts';

/** The token does not tell who sends the request; the message says what would. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
}

/** The keys of the issuer cannot be had at the moment, so that nobody can say whether the token is good. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

export interface TokenVerifier {
  /** Who sends a token that was verified before, while it is good; undefined where it has to be verified. */
  atHand(token: string): Account | undefined;
  /** Rejects with TokenRefused and IssuerUnavailable. What can be told without a key is told before a signature is looked at. */
  verify(token: string): Promise<Account>;
}

/** Signatures by a private key alone: no HMAC, under which a public key would do to forge a token, and no `none` (RFC 8725, section 3.1). */
export const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'];

const MAX_TOKEN_LENGTH = 4_096;
const TOKENS_AT_HAND = 10_000;
/** Seconds by which the clocks of issuer and ledger may differ. */
const CLOCK_TOLERANCE = 30;

const claimsSchema = z.object({
  sub: z
    .string({ error: ({ input }) => (input === undefined ? 'is required' : 'expected the account') })
    .regex(/^[\x21-\x7e]{1,128}$/, { error: 'expected 1 to 128 visible ASCII characters' }),
  role: oneOf(ROLES),
  side: sideSchema,
  office: officeSchema,
  exp: z.number(),
});

/** A token that was verified. */
interface Verified {
  readonly account: Account;
  readonly issuer: TrustedIssuer;
  /** The keys by one of which it is signed: under others it has to be verified again. */
  readonly keys: KeySet;
}

/**
 * Verifies bearer tokens (RFC 7519) of some issuers. A verified one is not verified again until it expires or its issuer has other keys;
 * of one that is refused nothing is kept.
 */
export const createTokenVerifier = (issuers: readonly TrustedIssuer[], clock: () => Date): TokenVerifier => {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  const verified = new LRUCache<string, Verified>({ max: TOKENS_AT_HAND });

  return {
    atHand: (token) => {
      const known = token.length > MAX_TOKEN_LENGTH ? undefined : verified.get(token);
      if (known === undefined) return undefined;
      const { account, issuer, keys } = known;
      if (account.until > clock().getTime()) {
        const current = issuer.keys.current();
        if (current === keys) return account;
        // Whether they can be had is told when the token is verified again.
        if (current instanceof Promise) current.catch(() => {});
      }
      verified.delete(token);
      return undefined;
    },
    verify: async (token) => {
      const now = clock();
      const { issuer, account } = claimedBy(token, byName, now);
      const keys = await checkSignature(token, issuer, now);
      verified.set(token, { account, issuer, keys });
      return account;
    },
  };
};

interface Claimed {
  readonly issuer: TrustedIssuer;
  readonly account: Account;
}

/** What a token claims, in the form that is asked for; nothing is believed yet. Throws TokenRefused. */
const claimedBy = (token: string, byName: ReadonlyMap<string, TrustedIssuer>, now: Date): Claimed => {
  if (token.length > MAX_TOKEN_LENGTH) {
    throw new TokenRefused(`the token has ${token.length} characters; at most ${MAX_TOKEN_LENGTH} are accepted`);
  }
  const { header, payload } = decoded(token);
  if (typeof header.alg !== 'string' || !ALGORITHMS.includes(header.alg)) {
    throw new TokenRefused(`its signature algorithm is not accepted; accepted are: ${ALGORITHMS.join(', ')}`);
  }
  // RFC 7515, section 4.1.11: whoever does not know an extension refuses the token, and none is known here.
  if (header.crit !== undefined) throw new TokenRefused('its header has `crit`; no extension is known here');
  const issuer = typeof payload.iss === 'string' ? byName.get(payload.iss) : undefined;
  if (issuer === undefined) {
    throw new TokenRefused(`its issuer is not trusted here; trusted are: ${[...byName.keys()].join(', ')}`);
  }
  if (![payload.aud].flat().includes(issuer.audience)) {
    throw new TokenRefused(`it is for another audience; expected ${issuer.audience}`);
  }
  checkTimes(payload, now);
  return { issuer, account: accountOf(payload, issuer) };
};

/** Compact form (RFC 7515, section 7.1): three parts in base64url, none of them empty. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]*$/;

const decoded = (token: string) => {
  try {
    if (!COMPACT.test(token)) throw new TokenRefused('not in compact form');
    return { header: decodeProtectedHeader(token), payload: decodeJwt(token) };
  } catch {
    throw new TokenRefused('the token is not a signed JWT (RFC 7519) in compact form');
  }
};

const checkTimes = ({ exp, nbf }: JWTPayload, now: Date): void => {
  const seconds = Math.floor(now.getTime() / 1000);
  if (exp === undefined) throw new TokenRefused('claim exp: is required');
  for (const [name, time] of Object.entries({ exp, nbf })) {
    if (time !== undefined && typeof time !== 'number') throw new TokenRefused(`claim ${name}: expected a number`);
  }
  if (exp <= seconds - CLOCK_TOLERANCE) throw new TokenRefused('the token has expired; get a new one');
  if (nbf !== undefined && nbf > seconds + CLOCK_TOLERANCE) throw new TokenRefused('the token is not valid yet');
};

/** Gives the keys of which one has signed the token. */
const checkSignature = async (token: string, { issuer, audience, keys }: TrustedIssuer, now: Date): Promise<KeySet> => {
  const options = { issuer, audience, algorithms: ALGORITHMS, clockTolerance: CLOCK_TOLERANCE, currentDate: now };
  const checkBy = async (known: KeySet): Promise<KeySet> => {
    await jwtVerify(token, known.find, options);
    return known;
  };
  const known = await available(keys.current());
  try {
    return await checkBy(known).catch(async (error: unknown) => {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      const renewed = await available(keys.renewed());
      if (renewed === known) throw error;
      return checkBy(renewed);
    });
  } catch (error) {
    throw refusalOf(error);
  }
};

const available = async (keys: KeySet | Promise<KeySet>): Promise<KeySet> => {
  try {
    return await keys;
  } catch (cause) {
    throw new IssuerUnavailable('the keys of its issuer cannot be had', { cause });
  }
};

/** What is wrong with a token whose form is good: whatever keeps its signature from being verified, it is not verified. */
const refusalOf = (error: unknown): TokenRefused =>
  new TokenRefused(
    error instanceof errors.JWKSMultipleMatchingKeys
      ? 'more than one key of its issuer suits it; name the key by `kid`'
      : 'its signature is not by a key of its issuer',
    { cause: error },
  );

/** The account that the claims describe. The issuer must know the office; neither speaks for the other side. */
const accountOf = (payload: JWTPayload, issuer: TrustedIssuer): Account => {
  const claims = claimsSchema.safeParse(payload);
  if (!claims.success) {
    throw new TokenRefused(
      claims.error.issues.map(({ path, message }) => `claim ${path.join('.')}: ${message}`).join('; '),
    );
  }
  const { sub, role, side, office, exp } = claims.data;
  if (side !== issuer.side) throw new TokenRefused(`claim side: its issuer speaks for ${issuer.side}, not for ${side}`);
  if (officeSide(office) !== side) throw new TokenRefused(`claim office: ${office} is not an office of ${side}`);
  if (issuer.offices !== undefined && !issuer.offices.has(office)) {
    throw new TokenRefused(`claim office: its issuer does not know ${office}`);
  }
  return { id: `${issuer.issuer} ${sub}`, role, until: exp * 1000, recorder: { subject: sub, office, side, role } };
};
