import { join } from 'node:path';
import { readOrMakeSigningKey, signDevelopmentToken } from '../../src/auth/development.ts';

/** Tokens of accounts of the Chinese side for a ledger in a directory. */
export const tokensOf = (
  directory: string,
  accounts: readonly { readonly role: 'recorder' | 'protection' | 'auditor'; readonly office: string }[],
): Promise<readonly string[]> => {
  const key = readOrMakeSigningKey(join(directory, 'development-signing-key.json'));
  return Promise.all(
    accounts.map((account, index) =>
      signDevelopmentToken(key, { side: 'CN', subject: `bench-${index}`, ttl: 3_600, ...account }, new Date()),
    ),
  );
};

/** Tokens of as many accounts of the Chinese ministry. */
export const recorderTokens = (directory: string, count: number): Promise<readonly string[]> =>
  tokensOf(
    directory,
    Array.from({ length: count }, () => ({ role: 'recorder' as const, office: 'CN-MPS' })),
  );
