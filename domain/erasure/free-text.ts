import type { Fields } from '../kernel/event.ts';

/**
 * What of sealed data a person wrote in words of their own, by the names of the fields: a name or a number can stand anywhere in it. Whatever
 * is not named here is a code, a date, an id, or the whole name or number of somebody or something else, and stays as it is.
 */
export const FREE_TEXTS: ReadonlySet<string> = new Set([
  'assessedBy',
  'basis',
  'birthplace',
  'decidedBy',
  'document',
  'guardian',
  'medicine',
  'note',
  'office',
  'physician',
  'place',
  'property',
  'reason',
  'reference',
  'relation',
  'residence',
  'service',
  'source',
  'withdrawalReason',
]);

/** Names and numbers, each whole in a field of its own: they are the same or another one, and nothing is taken out of their middle. */
export const WHOLE_NAMES: ReadonlySet<string> = new Set([
  'caseNumber',
  'name',
  'names',
  'number',
  'text',
  'theirNumber',
  'warrantNumber',
]);

/** An office by its code, beside `document`, where it is whose word an event is. */
const STATED_BY = 'statedBy';

/** What is put where a text is taken out. */
const TAKEN_OUT = '[expunged]';

/** Names and numbers are the same in whatever form of Unicode they are written. */
export const isSameText = (text: unknown, what: string): boolean =>
  typeof text === 'string' && text.normalize() === what.normalize();

/** Letters and digits of scripts that put something between words. Chinese and some others do not, so that their neighbours tell nothing. */
const UNSPACED = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]`;
const OF_A_WORD = String.raw`[[\p{L}\p{N}\p{M}]--${UNSPACED}]`;

/** What may not stand beside a text, where the text is to be found by itself and not within something longer. */
const beside = (what: string): { readonly before: string; readonly after: string } => {
  const [first = '', last = first] = [what.match(/^./u)?.[0], what.match(/.$/u)?.[0]];
  const isOf = (class_: string, char: string): boolean => new RegExp(class_, 'v').test(char);
  // One character is part of too many words.
  if (isOf(`^${UNSPACED}$`, what)) return { before: UNSPACED, after: UNSPACED };
  // As short as a day, a month or a year, within a date or a number that goes on.
  if (/^\p{N}{1,4}$/u.test(what)) {
    return { before: String.raw`${OF_A_WORD}|\p{N}[\-.\/:]`, after: String.raw`${OF_A_WORD}|[\-.\/:]\p{N}` };
  }
  return {
    before: isOf(OF_A_WORD, first) ? OF_A_WORD : '',
    after: isOf(OF_A_WORD, last) ? OF_A_WORD : isOf(UNSPACED, last) ? String.raw`\p{M}` : '',
  };
};

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/** A text without what is taken out of it; as it was, to the letter, where nothing is. */
export const withoutText = (text: string, what: string): string => {
  const normal = what.normalize();
  const { before, after } = beside(normal);
  const [behind, ahead] = [before && `(?<!${before})`, after && `(?!${after})`];
  const left = text.normalize().replace(new RegExp(`${behind}${escaped(normal)}${ahead}`, 'gv'), () => TAKEN_OUT);
  return left === text.normalize() ? text : left;
};

/** What stays of a list; `asTheyAre` where nothing is to be taken out of its items. */
export interface Left {
  readonly items: readonly unknown[];
  readonly asTheyAre?: boolean;
}

const withoutWhole = (name: string, what: string): string => (isSameText(name, what) ? TAKEN_OUT : name);

/**
 * What was sealed of an event without some names and numbers, wherever a person could have written them; codes, dates and ids stay. What
 * stays of a list `ofList` says, by its field.
 */
export const withoutTexts = (
  data: Fields,
  texts: readonly string[],
  ofList: (field: string, items: readonly unknown[]) => Left,
): Fields => {
  const without = (value: unknown, field: string, within: string): unknown => {
    if (typeof value === 'string') {
      if (WHOLE_NAMES.has(field)) return texts.reduce(withoutWhole, value);
      const isFree = FREE_TEXTS.has(field) && !(field === 'office' && within === STATED_BY);
      return isFree ? texts.reduce(withoutText, value) : value;
    }
    if (Array.isArray(value)) {
      const { items, asTheyAre } = ofList(field, value);
      return asTheyAre === true ? items : items.map((item) => without(item, field, within));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, without(each, key, field)]));
  };
  return without(data, '', '') as Fields;
};
