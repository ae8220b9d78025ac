import { foldName, nameKeys } from './folding.ts';

export type NameLikeness = 'same' | 'similar';

/**
 * How alike two names are, in either order the same; undefined where they are not.
 *
 * Same: equal once case, tone marks, hyphens and the order of Latin parts are left out. Similar: one has a part more than the other, or
 * one part is written otherwise: a character of three or more, a letter of six or more, two of twelve or more. A change in a Hanzi name
 * of two characters, or in a short Latin one, makes another name of it.
 */
export const likenessOf = (a: string, b: string): NameLikeness | undefined => {
  const [keyA, keyB] = [nameKeys(a).key, nameKeys(b).key];
  if (keyA === '' || keyB === '') return undefined;
  if (keyA === keyB) return 'same';
  const [partsA, partsB] = [partsOf(a), partsOf(b)];
  return hanziAlike(partsA.hanzi, partsB.hanzi) || latinAlike(partsA.latin, partsB.latin) ? 'similar' : undefined;
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
  if (a.length !== b.length) return Math.abs(a.length - b.length) === 1 && edits(a, b) === 1;
  return fewest >= 3 && edits(a, b) === 1;
};

const latinAlike = (a: readonly string[], b: readonly string[]): boolean => {
  if (Math.min(a.length, b.length) < FEWEST_PARTS) return false;
  if (Math.abs(a.length - b.length) === 1 && oneMore(a, b)) return true;
  const orders = [
    (words: readonly string[]) => words.join(''),
    (words: readonly string[]) => words.toSorted().join(''),
  ];
  return orders.some((joined) => {
    const [left, right] = [[...joined(a)], [...joined(b)]];
    const shortest = Math.min(left.length, right.length);
    const allowed = shortest >= 12 ? 2 : shortest >= 6 ? 1 : 0;
    return Math.abs(left.length - right.length) <= allowed && edits(left, right) <= allowed;
  });
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

/** Levenshtein distance. */
const edits = (a: readonly string[], b: readonly string[]): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = (row[j] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
};
