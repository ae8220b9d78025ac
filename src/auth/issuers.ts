import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { Side } from '../../domain/kernel/sides.ts';
import { SIDES } from '../../domain/reference/sides.ts';
import { DEVELOPMENT_AUDIENCE, developmentIssuer, type SigningKey } from './development.ts';
import { createIssuerKeys, type IssuerKeys } from './issuer-keys.ts';
import type { IssuerSettings } from './issuer-settings.ts';

/** Somebody whose tokens are believed, for one side and its offices. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly side: Side;
  /** Undefined for a development issuer: it knows every office of its side. */
  readonly offices: ReadonlySet<string> | undefined;
  readonly keys: IssuerKeys;
}

const KEY_TYPES = ['EC', 'OKP', 'RSA'] as const;

const isKnown = (kty: string): boolean => (KEY_TYPES as readonly string[]).includes(kty);

/** Public keys only: a symmetric or a private key in a JWKS is a secret in the wrong place. */
const jwksSchema = z.looseObject({
  keys: z
    .array(
      z
        .looseObject({ kty: z.enum(KEY_TYPES, { error: 'expected a public key of type EC, OKP or RSA' }) })
        .refine((key) => !('d' in key), { error: 'expected a public key, got a private one' }),
    )
    .min(1, { error: 'expected at least one key' }),
});

const KEYS_TIMEOUT_MS = 5_000;
const LONGEST_KEYS = 256 * 1024;

/**
 * Opens the issuers of the configuration, whose keys are looked up again by and by (`now`: milliseconds of a clock that is never set back).
 * Throws an error that names the file where one cannot be used.
 */
export const openIssuers = (settings: readonly IssuerSettings[], now?: () => number): readonly TrustedIssuer[] =>
  settings.map(({ issuer, audience, side, offices, jwks }) => ({
    issuer,
    audience,
    side,
    offices: new Set(offices),
    keys: createIssuerKeys({
      ...('file' in jwks ? keysIn(issuer, jwks.file) : { load: () => fetchKeys(jwks.url) }),
      ...(now && { now }),
    }),
  }));

const parseKeys = (text: string): JSONWebKeySet => jwksSchema.parse(JSON.parse(text)) as JSONWebKeySet;

/** Keys of kinds that are not known here are for others. */
const parseKnownKeys = (text: string): JSONWebKeySet => {
  const { keys } = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }).parse(JSON.parse(text));
  return jwksSchema.parse({ keys: keys.filter(({ kty }) => isKnown(kty)) }) as JSONWebKeySet;
};

/** A file is read at the start, where it can still be put right, and again as one at an address is. */
const keysIn = (issuer: string, file: string) => {
  const load = async (): Promise<JSONWebKeySet> => parseKeys(await readFile(file, 'utf8'));
  try {
    return { known: parseKeys(readFileSync(file, 'utf8')), load };
  } catch (cause) {
    throw new Error(`the keys of issuer ${issuer} in ${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
};

const fetchKeys = async (url: string): Promise<JSONWebKeySet> => {
  const answer = await fetch(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(KEYS_TIMEOUT_MS),
  });
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > LONGEST_KEYS) throw new Error(`${url} answers more than ${LONGEST_KEYS} bytes`);
    chunks.push(chunk);
  }
  return parseKnownKeys(Buffer.concat(chunks).toString('utf8'));
};

/** The issuers of a development ledger: one for each side, so that there, too, none speaks for the other side. */
export const developmentIssuers = (key: SigningKey): readonly TrustedIssuer[] => {
  const jwks = { keys: [key.publicJwk] };
  const keys = createIssuerKeys({ known: jwks, load: async () => jwks });
  return SIDES.map(({ code }) => ({
    issuer: developmentIssuer(code),
    audience: DEVELOPMENT_AUDIENCE,
    side: code,
    offices: undefined,
    keys,
  }));
};
