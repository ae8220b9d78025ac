/**
 * The variable that is meant by a name that is none of ours but looks like one; undefined for everybody else's variables.
 *
 * A setting that is silently not read is worse than a start that fails. `HOST` and `PORT` are so short that only another way of
 * writing the same letters counts; in a longer name two letters may differ, or `_FILE` may be left out.
 */
export const misspelt = (name: string, ours: readonly string[]): string | undefined => {
  if (ours.includes(name)) return undefined;
  const letters = lettersOf(name);
  return ours.find((candidate) => {
    const wanted = lettersOf(candidate);
    if (letters === wanted) return name !== candidate;
    if (wanted.length < LONG_ENOUGH) return false;
    return wanted === `${letters}FILE` || distance(letters, wanted) <= 2;
  });
};

const LONG_ENOUGH = 8;

const lettersOf = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** How many letters must be put in, taken out or changed to get from one word to the other (Levenshtein). */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...a].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= b.length; column++) {
      const changed = (row[column - 1] as number) + (letter === b[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] as number) + 1, (next[column - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
};
