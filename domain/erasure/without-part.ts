import type { ErasedPart } from '../case/erased-parts.ts';
import type { Fields } from '../kernel/event.ts';
import { isSameText, withoutTexts } from './free-text.ts';

/** The list in which a part stands, and the field by which it is known there. */
const PLACES: Readonly<Record<Exclude<ErasedPart, 'person'>, readonly [list: string, field: string]>> = {
  alias: ['names', 'text'],
  document: ['documents', 'number'],
};

/** What was sealed of an event without a name or a document: it goes from the lists in which it stands, and out of every text. */
export const withoutPart = (data: Fields, part: Exclude<ErasedPart, 'person'>, what: string): Fields => {
  const [list, field] = PLACES[part];
  const isErased = (item: unknown): boolean => isSameText((item as Fields)?.[field], what);
  return withoutTexts(data, [what], (name, items) => ({
    items: name === list ? items.filter((item) => !isErased(item)) : items,
  }));
};
