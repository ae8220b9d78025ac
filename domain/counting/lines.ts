import { type Agreement, agreementOf } from '../case/handover-lines.ts';
import type { OtherWord } from '../case/state.ts';
import { handoverDays, otherYearOf, yearOf } from '../kernel/handover-date.ts';
import { type Direction, officeSide, otherSide, type Side, sidesOfDirection } from '../kernel/sides.ts';
import { daysOfOccurrence, type PlainDate } from '../kernel/time.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import { type CountedCase, type CountedOccurrence, OCCURRENCES, type RemovalLine } from './counted-case.ts';

/** What is counted of persons: handovers, and what else happened to them. */
export const PERSON_MEASURES = ['handed-over', ...OCCURRENCES] as const;
export type PersonMeasure = (typeof PERSON_MEASURES)[number];

/** What one person's line contributes to counts of persons and of incidents: in one handover, capture or rescue. */
export interface CountedLine {
  readonly measure: PersonMeasure;
  readonly caseId: string;
  /** The event that hands the person over, or tells what else is counted. */
  readonly eventId: string;
  /** Of a handover the date in the minutes; a month or an interval where no more is known. */
  readonly date: string;
  /** The year in which it counts; undefined where the date leaves it open, so that it is counted in no year. */
  readonly year: number | undefined;
  readonly direction: Direction;
  readonly kind: CaseKind;
  /** Groups the persons of one affair; a case that names none is an affair of its own. */
  readonly incident: string;
  readonly offences: readonly string[];
  /** Of a handover. */
  readonly pass: string | undefined;
  /** Of a handover: the minutes for many persons in which it stands. */
  readonly minutes: string | undefined;
  /** Of what else is counted, where the event says it. */
  readonly province: string | undefined;
  /** The year into which the book of one side can put a handover, where that is another than the year of the minutes. */
  readonly otherYear: number | undefined;
  /** What the two sides say, one time after the other; at least one. */
  readonly said: readonly Said[];
}

/** What the two sides say of what is counted in one time: from a word of the other side on, and until the next. */
export interface Said {
  /** By the end of which day the word had been said; undefined where it holds from the beginning. */
  readonly saidBy: PlainDate | undefined;
  /** The day from which on the next word can have been said, and the one by the end of which it had been; undefined of the last. */
  readonly nextSaidFrom: PlainDate | undefined;
  readonly nextSaidBy: PlainDate | undefined;
  /** The offices of the two sides, as far as they are known. */
  readonly deliveringOffice: string | undefined;
  readonly receivingOffice: string | undefined;
  /** Whether the delivering, and the receiving side says so. */
  readonly delivered: boolean;
  readonly received: boolean;
  /** Of a handover: how the two go together, and what they have otherwise. */
  readonly agreement: Agreement | undefined;
  readonly differsIn: readonly string[];
}

/** A line in one of its times. */
export type LineAsSaid = Omit<CountedLine, 'said'> & Said;

/** A line in each of its times. */
export const asSaid = ({ said, ...line }: CountedLine): readonly LineAsSaid[] =>
  said.map((each) => ({ ...line, ...each }));

/** The lines of one case: each of its handovers, captures and rescues. After an escape a person can be handed over again, and counts again. */
export const linesOf = (caseId: string, counted: CountedCase): readonly CountedLine[] => [
  ...counted.handovers.map((handover) => handoverLineOf(caseId, counted, handover)),
  ...counted.occurrences.map((occurrence) => occurrenceLineOf(caseId, counted, occurrence)),
];

const inCase = (caseId: string, { direction, kind, incident, offences }: CountedCase) => ({
  caseId,
  direction,
  kind,
  incident: incident ?? caseId,
  offences,
});

const handoverLineOf = (caseId: string, counted: CountedCase, handover: RemovalLine): CountedLine => {
  const { eventId, handoverDate, occurredAt, pass, minutes } = handover;
  return {
    measure: 'handed-over',
    eventId,
    date: handoverDate,
    year: yearOf(handoverDate),
    ...inCase(caseId, counted),
    pass,
    minutes,
    province: undefined,
    otherYear: otherYearOf(handoverDate, occurredAt),
    said: saidOf(counted.direction, handover),
  };
};

/**
 * The times of a handover, each with the words of the two sides: the one side says so from the beginning, the other by the day of what
 * it acknowledges, disputes or confirms. A time that is over before it begins is none.
 */
const saidOf = (direction: Direction, handover: RemovalLine): readonly Said[] => {
  const begins = handoverDays(handover.handoverDate).first;
  const saidOn = daysInOrder(handover.otherWords);
  return [undefined, ...handover.otherWords]
    .map((word, index) => {
      const [said, next] = [saidOn[index - 1], saidOn[index]];
      return {
        saidBy: said !== undefined && said.last > begins ? said.last : undefined,
        nextSaidFrom: next?.first,
        nextSaidBy: next?.last,
        ...wordsOf(direction, handover, word),
      };
    })
    .filter(({ saidBy = begins, nextSaidBy }) => nextSaidBy === undefined || nextSaidBy > saidBy);
};

/** The days on which each word can have been said: not before the one that went before it. */
const daysInOrder = (words: readonly OtherWord[]) => {
  let before: { readonly first: PlainDate; readonly last: PlainDate } | undefined;
  return words.map(({ occurredAt }) => {
    const { first, last } = daysOfOccurrence(occurredAt);
    before =
      before === undefined
        ? { first, last }
        : { first: first > before.first ? first : before.first, last: last > before.last ? last : before.last };
    return before;
  });
};

const occurrenceLineOf = (caseId: string, counted: CountedCase, occurrence: CountedOccurrence): CountedLine => {
  const { type, eventId, occurredAt, province, statedBy, office } = occurrence;
  const [delivering, receiving] = sidesOfDirection(counted.direction);
  const date = occurredAt.slice(0, 'YYYY-MM-DD'.length);
  return {
    measure: type,
    eventId,
    date,
    year: yearOf(date),
    ...inCase(caseId, counted),
    pass: undefined,
    minutes: undefined,
    province,
    otherYear: undefined,
    said: [
      {
        saidBy: undefined,
        nextSaidFrom: undefined,
        nextSaidBy: undefined,
        deliveringOffice: statedBy === delivering ? office : undefined,
        receivingOffice: statedBy === receiving ? office : undefined,
        delivered: false,
        received: false,
        agreement: undefined,
        differsIn: [],
      },
    ],
  };
};

const ofSide = (side: Side, office: string | undefined): string | undefined =>
  office !== undefined && officeSide(office) === side ? office : undefined;

/**
 * Whoever denies that the person was handed over, does not say so. The office of a side is the one whose word it is; for the delivering
 * side, where that is silent, the one that decided on the removal.
 */
const wordsOf = (
  direction: Direction,
  { statedBy, office, removingOffice }: RemovalLine,
  otherWord: OtherWord | undefined,
) => {
  const said = { [statedBy]: true, [otherSide(statedBy)]: otherWord?.differsIn.includes('person') === false };
  const offices = { [statedBy]: office, [otherSide(statedBy)]: otherWord?.office };
  const [delivering, receiving] = sidesOfDirection(direction);
  return {
    deliveringOffice: offices[delivering] ?? ofSide(delivering, removingOffice),
    receivingOffice: offices[receiving],
    delivered: said[delivering] === true,
    received: said[receiving] === true,
    agreement: agreementOf(otherWord),
    differsIn: otherWord?.differsIn ?? [],
  };
};

/**
 * The lines of cases that were merged, each handover once: two cases of one person that were closed by one handover both
 * have a line of it, and count once; so with captures and rescues. Lines are of one handover if they have the same direction and date,
 * or if the one date, known only roughly, can be the other; each line of a case is matched with one line of another at most. The line of the case
 * that is named first stays, unless the other is more exact.
 */
export const distinctLines = (linesOfCases: readonly (readonly CountedLine[])[]): readonly CountedLine[] => {
  let counted: readonly CountedLine[] = [];
  for (const lines of linesOfCases) {
    const unmatched = new Set(counted);
    const moreExact = new Map<CountedLine, CountedLine>();
    let left = lines;
    for (const isSame of [haveSameDate, canHaveSameDate]) {
      left = left.filter((line) => {
        const same = unmatched.values().find((other) => isAlike(other, line) && isSame(other, line));
        if (same === undefined) return true;
        unmatched.delete(same);
        if (isWithin(line, same)) moreExact.set(same, line);
        return false;
      });
    }
    counted = [...counted.map((line) => moreExact.get(line) ?? line), ...left];
  }
  return counted;
};

const isAlike = (a: CountedLine, b: CountedLine): boolean => a.measure === b.measure && a.direction === b.direction;

const haveSameDate = (a: CountedLine, b: CountedLine): boolean => a.date === b.date;

const canHaveSameDate = (a: CountedLine, b: CountedLine): boolean => {
  const [one, other] = [handoverDays(a.date), handoverDays(b.date)];
  return one.first <= other.last && other.first <= one.last;
};

/** Whether the days of a line are some of the days of another, but not all of them. */
const isWithin = (line: CountedLine, other: CountedLine): boolean => {
  const [inner, outer] = [handoverDays(line.date), handoverDays(other.date)];
  const differ = inner.first !== outer.first || inner.last !== outer.last;
  return differ && inner.first >= outer.first && inner.last <= outer.last;
};
