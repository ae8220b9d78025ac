import { foldName, type NameKeys, nameKeys } from './folding.ts';

export type NameLikeness = 'same' | 'similar';

/**
 * How alike two names are, in either order the same; undefined where they are not.
 *
 * Same: equal once case, tone marks, hyphens and the order of Latin parts are left out. Similar: one has a part more than the other, or
 * one part is written otherwise: a character of three or more, a letter of six or more, two of twelve or more. A change in a Hanzi name
 * of two characters, or in a short Latin one, makes another name of it.
 */
export const likenessOf = (a: string, b: string): NameLikeness | undefined =>
  likenessOfForms(nameForms(a), nameForms(b));

/** A name made ready to be compared with many. */
export interface NameForms extends Pick<NameKeys, 'key'> {
  readonly text: string;
  readonly hanzi: readonly string[];
  readonly latin: readonly string[];
  /** The letters of its Latin parts, in their order and sorted by parts. */
  readonly letters: readonly [inOrder: readonly string[], sorted: readonly string[]];
}

export const nameForms = (text: string): NameForms => {
  const { hanzi, latin } = partsOf(text);
  return {
    text,
    key: nameKeys(text).key,
    hanzi,
    latin,
    letters: [[...latin.join('')], [...latin.toSorted().join('')]],
  };
};

/** How alike two names are; see `likenessOf`. */
export const likenessOfForms = (a: NameForms, b: NameForms): NameLikeness | undefined => {
  if (a.key === '' || b.key === '') return undefined;
  if (a.key === b.key) return 'same';
  return hanziAlike(a.hanzi, b.hanzi) || latinAlike(a, b) ? 'similar' : undefined;
};

/**
 * What a name and one that is similar to it have in common: its parts, and its parts without one of them. Parts are Hanzi or Latin words;
 * never fewer than two are left.
 */
export const nearKeys = (name: string): readonly string[] => {
  const { hanzi, latin } = partsOf(name);
  return [...new Set([hanzi, latin.toSorted()].flatMap((parts) => withoutOne(parts).map((each) => each.join(' '))))];
};

const FEWEST_PARTS = 2;

const withoutOne = (parts: readonly string[]): readonly (readonly string[])[] => [
  ...(parts.length < FEWEST_PARTS ? [] : [parts]),
  ...(parts.length <= FEWEST_PARTS ? [] : parts.map((_, index) => parts.toSpliced(index, 1))),
];

interface Parts {
  readonly hanzi: readonly string[];
  readonly latin: readonly string[];
}

const partsOf = (name: string): Parts => {
  const folded = foldName(name);
  return { hanzi: folded.match(/\p{Script=Han}/gu) ?? [], latin: folded.match(/[^\p{Script=Han}\s]+/gu) ?? [] };
};

const hanziAlike = (a: readonly string[], b: readonly string[]): boolean => {
  const fewest = Math.min(a.length, b.length);
  if (fewest < FEWEST_PARTS) return false;
  return (a.length !== b.length || fewest >= 3) && isOneEdit(a, b);
};

const latinAlike = (a: NameForms, b: NameForms): boolean => {
  if (Math.min(a.latin.length, b.latin.length) < FEWEST_PARTS) return false;
  if (Math.abs(a.latin.length - b.latin.length) === 1 && oneMore(a.latin, b.latin)) return true;
  return areLettersAlike(a.letters[0], b.letters[0]) || areLettersAlike(a.letters[1], b.letters[1]);
};

const areLettersAlike = (a: readonly string[], b: readonly string[]): boolean => {
  const shortest = Math.min(a.length, b.length);
  const allowed = shortest >= 12 ? 2 : shortest >= 6 ? 1 : 0;
  return areWithin(allowed, a, b);
};

/** Whether the longer one has all words of the shorter one. */
const oneMore = (a: readonly string[], b: readonly string[]): boolean => {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const left = [...longer];
  return shorter.every((word) => {
    const index = left.indexOf(word);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
};

/** Whether so many letters at most, put in, left out or written otherwise, make the one of the other. */
const areWithin = (most: number, a: readonly string[], b: readonly string[], fromA = 0, fromB = 0): boolean => {
  let [i, j] = [fromA, fromB];
  while (i < a.length && j < b.length && a[i] === b[j]) {
    i++;
    j++;
  }
  const [leftOfA, leftOfB] = [a.length - i, b.length - j];
  if (leftOfA === 0 || leftOfB === 0) return leftOfA + leftOfB <= most;
  if (most === 0 || Math.abs(leftOfA - leftOfB) > most) return false;
  return (
    areWithin(most - 1, a, b, i + 1, j + 1) ||
    areWithin(most - 1, a, b, i + 1, j) ||
    areWithin(most - 1, a, b, i, j + 1)
  );
};

const isOneEdit = (a: readonly string[], b: readonly string[]): boolean => areWithin(1, a, b) && !areWithin(0, a, b);
