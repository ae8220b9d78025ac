import type { ErasedPart } from '../case/erased-parts.ts';
import type { Fields } from '../kernel/event.ts';

/** What is put where a text is taken out of a longer one. */
const TAKEN_OUT = '[expunged]';

/** The list in which a part stands, and the field by which it is known there. */
const PLACES: Readonly<Record<Exclude<ErasedPart, 'person'>, readonly [list: string, field: string]>> = {
  alias: ['names', 'text'],
  document: ['documents', 'number'],
};

/** Names and numbers are the same in whatever form of Unicode they are written. */
const same = (text: unknown, what: string): boolean =>
  typeof text === 'string' && text.normalize() === what.normalize();

/** A text without what is taken out of it. */
export const withoutText = (text: string, what: string): string =>
  text.normalize().replaceAll(what.normalize(), TAKEN_OUT);

/** What was sealed of an event without a name or a document: it goes from the lists in which it stands, and out of every text. */
export const withoutPart = (data: Fields, part: Exclude<ErasedPart, 'person'>, what: string): Fields => {
  const [list, field] = PLACES[part];
  const without = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string') return withoutText(value, what);
    if (Array.isArray(value)) {
      const kept = name === list ? value.filter((item: Fields) => !same(item?.[field], what)) : value;
      return kept.map((item) => without(item));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, without(each, key)]));
  };
  return without(data) as Fields;
};
