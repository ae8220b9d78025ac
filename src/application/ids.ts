import type { Fields } from '../../domain/kernel/event.ts';
import type { AnyStreamKind } from '../../domain/kernel/stream-kind.ts';
import { deriveUuid } from '../derived-id.ts';

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
