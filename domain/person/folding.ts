/**
 * Finding a person by a part of a name, in any script. Names are stored as supplied; what is folded here serves only for
 * comparing. Traditional and simplified characters stay apart, and nothing is transliterated.
 *
 * An index holds one row (case, gram) for each of `nameKeys(name).grams`. A search takes the cases that have all
 * `queryGrams(query)` and keeps those of which a name passes `nameMatches(query, name)`. The grams never leave out a case
 * that matches.
 */

export interface NameKeys {
  /** Equal for names that differ only in the order of their Latin parts, in case, marks, hyphens or spaces between Hanzi. */
  readonly key: string;
  /** What the name is to be found by, each once; see `queryGrams`. */
  readonly grams: readonly string[];
}

/**
 * A name for comparison: compatibility forms resolved (full width to plain), lower case, tone marks and other diacritics off, đ
 * as d, apostrophes gone (Xi'an is xian), hyphens, middle dots and all other signs as one space. Folding twice changes nothing.
 *
 * The ü of pinyin is written ü, v or yu depending on the document; all three become `yu` (lü, lv, lyu are lyu). Elsewhere v and
 * yu are other sounds (Văn, Yuan), so ü is read so only after l and n, and v only after l, which ends no syllable, and after an n
 * that begins the word. Where pinyin drops the dots (ju, qu, xu, yu), ü is u.
 */
export const foldName = (text: string): string =>
  text
    .replace(/´/g, '') // NFKC would make a space of it
    .normalize('NFKC')
    .replace(/['’‘ʼʻ`′]/g, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=[ln]\p{M}*)u(?=\p{M}*\u0308)/gu, 'yu')
    .replace(/\p{M}/gu, '')
    .replace(/[đðɖ]/g, 'd') // eth and African d are typed for đ, whose capital looks like theirs
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(/(?<=l|(?<!\S)n)v/g, 'yu')
    .normalize('NFKC');

/** The keys of a name for an index. */
export const nameKeys = (name: string): NameKeys => {
  const { hanzi, latin } = wordsOf(name);
  const grams = new Set<string>();
  const characters = [...hanzi.join('')];
  for (const [i, character] of characters.entries()) {
    grams.add(character);
    const next = characters[i + 1];
    if (next !== undefined) grams.add(character + next);
  }
  for (const gram of windows(latin.join(''))) grams.add(gram);
  for (const start of startsOf(latin)) {
    grams.add(beginning(start.slice(0, 1)));
    grams.add(beginning(start.slice(0, 2)));
  }
  return {
    key: [...(characters.length > 0 ? [characters.join('')] : []), ...latin.toSorted()].join(' '),
    grams: [...grams],
  };
};

/**
 * The grams that a name must have to match this query, each once; none where the query holds no letter, and then nothing
 * matches. Of Hanzi: the pairs of neighbours, or the character where it stands alone. Of Latin words: each three letters in
 * a row, or, of a word of one or two letters, the beginning of a word.
 */
export const queryGrams = (query: string): readonly string[] => {
  const { hanzi, latin } = wordsOf(query);
  return [
    ...new Set([
      ...hanzi.flatMap((word) => {
        const characters = [...word];
        return characters.length === 1
          ? characters
          : characters.slice(1).map((character, i) => characters[i] + character);
      }),
      ...latin.flatMap((word) => (word.length < WINDOW ? [beginning(word)] : windows(word))),
    ]),
  ];
};

/**
 * Whether each word of the query, in any order, is found in the name: inside a word, or running on from the beginning of one
 * (`xiaoming` finds Xiao Ming). Latin words of one or two letters are found at the beginning of a word only.
 */
export const nameMatches = (query: string, name: string): boolean => {
  const wanted = wordsOf(query);
  const given = wordsOf(name);
  return (
    wanted.hanzi.length + wanted.latin.length > 0 &&
    wanted.hanzi.every((word) => isFound(word, given.hanzi)) &&
    wanted.latin.every((word) =>
      word.length < WINDOW ? startsOf(given.latin).some((start) => start.startsWith(word)) : isFound(word, given.latin),
    )
  );
};

/** Letters of a Latin gram; three tell enough apart, while a Hanzi name may have two characters in all. */
const WINDOW = 3;

/** The folded words of a text by script. Everything that is not Hanzi is treated as Latin. */
const wordsOf = (text: string): { readonly hanzi: readonly string[]; readonly latin: readonly string[] } => {
  const folded = foldName(text);
  return {
    hanzi: folded.match(/\p{Script=Han}+/gu) ?? [],
    latin: folded.match(/[^\p{Script=Han}\s]+/gu) ?? [],
  };
};

/** What can be read from the beginning of each word on, without spaces. */
const startsOf = (words: readonly string[]): readonly string[] => words.map((_, i) => words.slice(i).join(''));

const isFound = (wanted: string, words: readonly string[]): boolean =>
  words.some((word) => word.includes(wanted)) || startsOf(words).some((start) => start.startsWith(wanted));

const windows = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - WINDOW + 1) }, (_, i) => text.slice(i, i + WINDOW));

/** Marks a gram that stands at the beginning of a word; no folded name holds the sign. */
const beginning = (letters: string): string => `^${letters}`;
