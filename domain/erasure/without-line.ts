import type { Fields } from '../kernel/event.ts';
import type { EffectiveEvent } from '../kernel/record.ts';
import type { PersonOfLine } from '../reconciliation/lines.ts';
import { withoutTexts } from './free-text.ts';

interface PersonListed extends PersonOfLine {
  /** Place of the line among those of the event. */
  readonly line: number;
}

/** Where the person of a line is told, and how. */
export interface ListedLine {
  /** The event that listed the line, and the place of the line among those of that event, from 0. */
  readonly event: string;
  readonly place: number;
  /** Names and numbers of the person, the longest first: one can stand within another. */
  readonly texts: readonly string[];
  /** The events whose lines stand: the others were annulled, and no number names a line of theirs. */
  readonly standing: ReadonlySet<string>;
}

/** Finds a line by its number, in a history that is unsealed as far as it can be; undefined where there is none of that number. */
export const listedLine = (effective: readonly EffectiveEvent[], number: number): ListedLine | undefined => {
  const listings = effective.filter(({ type }) => type === 'lines-listed');
  const standing = new Set(listings.map(({ id }) => id));
  let place = number - 1;
  for (const { id, data } of listings) {
    const { lines, persons = [] } = data as { lines: readonly unknown[]; persons?: readonly PersonListed[] };
    if (place < lines.length) {
      const person = persons.find(({ line }) => line === place);
      return { event: id, place, texts: textsOf(person).toSorted((a, b) => b.length - a.length), standing };
    }
    place -= lines.length;
  }
  return undefined;
};

const textsOf = (person: PersonOfLine = {}): readonly string[] =>
  [...(person.names ?? []), person.document, person.caseNumber]
    .filter((text) => text !== undefined)
    .map((text) => text.normalize());

/**
 * What was sealed of an event without the person of a line: they go from the list, also from one that was annulled, and out of every other
 * text. The persons of other lines stay as they are, whoever they are.
 */
export const withoutLine = (data: Fields, event: string, { texts, ...line }: ListedLine): Fields => {
  const isErased = (person: PersonListed): boolean => {
    if (event === line.event) return person.line === line.place;
    return !line.standing.has(event) && textsOf(person).some((text) => texts.includes(text));
  };
  return withoutTexts(data, texts, (field, items) =>
    field === 'persons'
      ? { items: (items as readonly PersonListed[]).filter((person) => !isErased(person)), asTheyAre: true }
      : { items },
  );
};
