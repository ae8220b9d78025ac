import { hash } from 'node:crypto';

/** A UUID made from some texts: the same texts give the same id on every node. Version 8 (RFC 9562), from SHA-256. */
export const deriveUuid = (...parts: readonly string[]): string => {
  const digest = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
};
