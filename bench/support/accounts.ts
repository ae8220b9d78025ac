import { join } from 'node:path';
import { readOrMakeSigningKey, signDevelopmentToken } from '../../src/auth/development.ts';

/** Tokens of as many accounts of the Chinese ministry for a ledger in a directory. */
export const recorderTokens = (directory: string, count: number): Promise<readonly string[]> => {
  const key = readOrMakeSigningKey(join(directory, 'development-signing-key.json'));
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      signDevelopmentToken(
        key,
        { role: 'recorder', side: 'CN', office: 'CN-MPS', subject: `bench-${index}`, ttl: 3_600 },
        new Date(),
      ),
    ),
  );
};
