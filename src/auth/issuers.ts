import { readFileSync } from 'node:fs';
import { createLocalJWKSet, createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Side } from '../../domain/kernel/sides.ts';
import { SIDES } from '../../domain/reference/sides.ts';
import { DEVELOPMENT_AUDIENCE, developmentIssuer, type SigningKey } from './development.ts';
import type { IssuerSettings } from './issuer-settings.ts';

/** Somebody whose tokens are believed, for one side and its offices. */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly audience: string;
  readonly side: Side;
  /** Undefined for a development issuer: it knows every office of its side. */
  readonly offices: ReadonlySet<string> | undefined;
  readonly keys: JWTVerifyGetKey;
}

/** Public keys only: a symmetric or a private key in a JWKS is a secret in the wrong place. */
const jwksSchema = z.looseObject({
  keys: z
    .array(
      z
        .looseObject({ kty: z.enum(['EC', 'OKP', 'RSA'], { error: 'expected a public key of type EC, OKP or RSA' }) })
        .refine((key) => !('d' in key), { error: 'expected a public key, got a private one' }),
    )
    .min(1, { error: 'expected at least one key' }),
});

const KEYS_TIMEOUT_MS = 5_000;

/** Opens the issuers of the configuration. Throws an error that names the file where one cannot be used. */
export const openIssuers = (settings: readonly IssuerSettings[]): readonly TrustedIssuer[] =>
  settings.map(({ issuer, audience, side, offices, jwks }) => ({
    issuer,
    audience,
    side,
    offices: new Set(offices),
    keys:
      'file' in jwks
        ? readKeys(issuer, jwks.file)
        : createRemoteJWKSet(new URL(jwks.url), { timeoutDuration: KEYS_TIMEOUT_MS }),
  }));

const readKeys = (issuer: string, file: string): JWTVerifyGetKey => {
  try {
    return createLocalJWKSet(jwksSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (cause) {
    throw new Error(`the keys of issuer ${issuer} in ${file} cannot be used: ${(cause as Error).message}`, { cause });
  }
};

/** The issuers of a development ledger: one for each side, so that there, too, none speaks for the other side. */
export const developmentIssuers = (key: SigningKey): readonly TrustedIssuer[] => {
  const keys = createLocalJWKSet({ keys: [key.publicJwk] });
  return SIDES.map(({ code }) => ({
    issuer: developmentIssuer(code),
    audience: DEVELOPMENT_AUDIENCE,
    side: code,
    offices: undefined,
    keys,
  }));
};
