import { decodeJwt, errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { oneOf } from '../../domain/kernel/codes.ts';
import { ROLES } from '../../domain/kernel/roles.ts';
import { officeSchema, officeSide, sideSchema } from '../../domain/kernel/sides.ts';
import type { Account } from './account.ts';
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
  /** Throws, or rejects with, TokenRefused and IssuerUnavailable. A token that was verified before is answered at once. */
  verify(token: string): Account | Promise<Account>;
}

/** Signatures by a private key alone: no HMAC, under which a public key would do to forge a token, and no `none` (RFC 8725, section 3.1). */
export const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'];

const MAX_TOKEN_LENGTH = 4_096;
const TOKENS_AT_HAND = 10_000;
/** Seconds by which the clocks of issuer and ledger may differ. */
const CLOCK_TOLERANCE = 30;

const claimsSchema = z.object({
  sub: z
    .string({ error: 'expected the account' })
    .regex(/^[\x21-\x7e]{1,128}$/, { error: 'expected 1 to 128 visible ASCII characters' }),
  role: oneOf(ROLES),
  side: sideSchema,
  office: officeSchema,
  exp: z.number(),
});

/** Verifies bearer tokens (RFC 7519) of some issuers; a verified one is not verified again until it expires. */
export const createTokenVerifier = (issuers: readonly TrustedIssuer[], clock: () => Date): TokenVerifier => {
  const byName = new Map(issuers.map((issuer) => [issuer.issuer, issuer]));
  const verified = new LRUCache<string, Account>({ max: TOKENS_AT_HAND });

  const verifyAnew = async (token: string): Promise<Account> => {
    const issuer = byName.get(issuerOf(token));
    if (issuer === undefined) {
      throw new TokenRefused(`its issuer is not trusted here; trusted are: ${[...byName.keys()].join(', ')}`);
    }
    const payload = await checkSignature(token, issuer, clock());
    const account = accountOf(payload, issuer);
    verified.set(token, account);
    return account;
  };

  return {
    verify: (token) => {
      if (token.length > MAX_TOKEN_LENGTH) {
        throw new TokenRefused(`the token has ${token.length} characters; at most ${MAX_TOKEN_LENGTH} are accepted`);
      }
      const known = verified.get(token);
      if (known === undefined) return verifyAnew(token);
      if (known.until > clock().getTime()) return known;
      verified.delete(token);
      return verifyAnew(token);
    },
  };
};

/** The issuer that the token claims to be of; nothing is believed yet. */
const issuerOf = (token: string): string => {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw new TokenRefused('the token is not a signed JWT (RFC 7519) in compact form');
  }
};

const checkSignature = async (token: string, issuer: TrustedIssuer, currentDate: Date): Promise<JWTPayload> => {
  const { audience } = issuer;
  const options = {
    issuer: issuer.issuer,
    audience,
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'sub'],
    clockTolerance: CLOCK_TOLERANCE,
    currentDate,
  };
  try {
    const { payload } = await jwtVerify(token, issuer.keys, options);
    return payload;
  } catch (error) {
    throw refusalOf(error, audience);
  }
};

const refusalOf = (error: unknown, audience: string): Error => {
  if (error instanceof errors.JWTExpired) return new TokenRefused('the token has expired; get a new one');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return new TokenRefused(`it is for another audience; expected ${audience}`);
    if (error.claim === 'nbf') return new TokenRefused('the token is not valid yet');
    return new TokenRefused(
      `claim ${error.claim}: ${error.reason === 'missing' ? 'is required' : 'is not as it should be'}`,
    );
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return new TokenRefused(`its signature algorithm is not accepted; accepted are: ${ALGORITHMS.join(', ')}`);
  }
  if (error instanceof errors.JWKSMultipleMatchingKeys) {
    return new TokenRefused('more than one key of its issuer suits it; name the key by `kid`');
  }
  const unsuitable =
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JOSENotSupported;
  if (unsuitable) return new TokenRefused('its signature is not by a key of its issuer');
  return new IssuerUnavailable('the keys of its issuer cannot be had', { cause: error });
};

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
