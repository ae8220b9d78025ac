/** Category of the streams that hold one wrapped key each, so that each can be destroyed by itself. */
export const VAULT_STREAM_PREFIX = 'vault-';

/** Category of the streams that tell what took the place of a key. */
const REPLACEMENT_STREAM_PREFIX = 'resealed-';

export const vaultStream = (keyId: string): string => VAULT_STREAM_PREFIX + keyId;

export const replacementStream = (keyId: string): string => REPLACEMENT_STREAM_PREFIX + keyId;

export const isReplacementStream = (stream: string): boolean => stream.startsWith(REPLACEMENT_STREAM_PREFIX);

/** Whether a stream is the vault's: of keys, or of what took the place of one. */
export const isVaultStream = (stream: string): boolean =>
  stream.startsWith(VAULT_STREAM_PREFIX) || isReplacementStream(stream);

/** The key that a stream of the vault is about. */
export const keyIdOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
