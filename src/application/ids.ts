import { hash } from 'node:crypto';
import type { Fields } from '../../domain/kernel/event.ts';
import type { AnyStreamKind } from '../../domain/kernel/stream-kind.ts';

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

/**
 * The id of a record that is to be opened, made of what tells it from others of its kind, so that a second one meets the first in its
 * stream; undefined where nothing does.
 */
export const identifiedId = (
  { category, identity }: Pick<AnyStreamKind, 'category' | 'identity'>,
  particulars: Fields,
): string | undefined => {
  const identified = identity?.of(particulars);
  return identified && deriveUuid('identified', category, ...identified);
};

/** The id of the record that takes the place of another, which was annulled. */
export const idAfter = (id: string): string => deriveUuid('in place of', id);
