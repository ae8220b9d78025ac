import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JWK, SignJWT } from 'jose';
import type { Role } from '../../domain/kernel/roles.ts';
import type { Side } from '../../domain/kernel/sides.ts';
import { readOrMakeSecretFile } from '../secret-file.ts';

/** Only a ledger without issuers, which listens on loopback only, believes these. */
export const developmentIssuer = (side: Side): string => `urn:handover-ledger:development:${side}`;
export const DEVELOPMENT_AUDIENCE = 'handover-ledger';

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicJwk: JWK;
}

/** The signing key of a development ledger; made, readable by its owner only, where there is none yet. */
export const readOrMakeSigningKey = (file: string): SigningKey => {
  const text = readOrMakeSecretFile(file, makeKey);
  try {
    const privateKey = createPrivateKey({ key: JSON.parse(text), format: 'jwk' });
    return { privateKey, publicJwk: createPublicKey(privateKey).export({ format: 'jwk' }) as JWK };
  } catch (cause) {
    throw new Error(`development signing key ${file} cannot be used: ${(cause as Error).message}; remove it`, {
      cause,
    });
  }
};

const makeKey = (): string =>
  `${JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }))}\n`;

export interface DevelopmentToken {
  readonly role: Role;
  readonly side: Side;
  readonly office: string;
  readonly subject: string;
  /** Seconds until it expires. */
  readonly ttl: number;
}

/** Signs a token that a development ledger with this key believes. */
export const signDevelopmentToken = (
  { privateKey }: SigningKey,
  { role, side, office, subject, ttl }: DevelopmentToken,
  now: Date,
): Promise<string> => {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ role, side, office })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
    .setIssuer(developmentIssuer(side))
    .setAudience(DEVELOPMENT_AUDIENCE)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ttl)
    .sign(privateKey);
};
