import { handoverDays } from '../kernel/handover-date.ts';
import type { Direction, Side } from '../kernel/sides.ts';
import { dayOf, type OccurredAt } from '../kernel/time.ts';
import { type BirthDays, birthDays } from '../person/birth-date.ts';
import { type NameForms, nameForms } from '../person/name-likeness.ts';
import { foldNumber } from '../person/numbers.ts';
import type { Person } from '../person/person.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import type { OwnHandover, TheirLine } from './lines.ts';

/** What a book tells of one handover, without whose it is. */
export interface ToldHandover {
  /** First and last day on which it can have been, as numbers of days. */
  readonly first: number;
  readonly last: number;
  /** The day in China and the day in Viet Nam, where it is known to the instant when it happened. */
  readonly clocks?: readonly [chinese: number, vietnamese: number] | undefined;
  readonly direction: Direction;
  readonly kind: CaseKind;
  readonly pass: string | undefined;
  /** Of the minutes. */
  readonly numbers: readonly string[];
  /** Whether anything is told of the person. */
  readonly isPersonTold: boolean;
}

/** What a book tells of one handover of one person, made ready to be compared: names with their forms, numbers folded. */
export interface Told extends ToldHandover {
  readonly names: readonly NameForms[];
  readonly birthDate: Person['birthDate'];
  readonly birthDays: BirthDays | undefined;
  readonly documents: readonly string[];
  readonly caseNumbers: readonly string[];
}

const DAY_MS = 86_400_000;

const daysOf = (date: string): Pick<ToldHandover, 'first' | 'last'> => {
  const { first, last } = handoverDays(date);
  return { first: Date.parse(first) / DAY_MS, last: Date.parse(last) / DAY_MS };
};

const bornOn = (birthDate: Person['birthDate']): Pick<Told, 'birthDate' | 'birthDays'> => ({
  birthDate,
  birthDays: birthDate && birthDays(birthDate),
});

const foldedOf = (numbers: readonly string[]): readonly string[] => numbers.map(foldNumber);

const given = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

export const toldByThem = (line: TheirLine): Told => {
  const { date, direction, kind, pass, number, names, birthDate, document, caseNumber } = line;
  return {
    ...daysOf(date),
    direction,
    kind,
    pass,
    numbers: foldedOf(given(number)),
    isPersonTold: names !== undefined || document !== undefined || caseNumber !== undefined,
    names: (names ?? []).map(nameForms),
    ...bornOn(birthDate === undefined ? undefined : { date: birthDate }),
    documents: foldedOf(given(document)),
    caseNumbers: foldedOf(given(caseNumber)),
  };
};

/** The day of each clock at an instant. */
const clocksAt = (occurredAt: OccurredAt | undefined): ToldHandover['clocks'] => {
  if (occurredAt?.includes('T') !== true) return undefined;
  const [chinese, vietnamese] = (['CN', 'VN'] as const).map((side) => daysOf(dayOf(occurredAt, side)).first);
  return [chinese as number, vietnamese as number];
};

export const toldByUs = ({
  date,
  occurredAt,
  direction,
  kind,
  pass,
  numbers,
  person,
  caseNumbers,
}: OwnHandover): Told => ({
  ...daysOf(date),
  clocks: clocksAt(occurredAt),
  direction,
  kind,
  pass,
  numbers: foldedOf(numbers),
  isPersonTold: person !== undefined,
  names: (person?.names ?? []).map(({ text }) => nameForms(text)),
  ...bornOn(person?.birthDate),
  documents: foldedOf((person?.documents ?? []).map(({ number }) => number)),
  caseNumbers: foldedOf(person === undefined ? [] : caseNumbers),
});

/** How many days lie between two handovers; none where, known as roughly as they are, they can be of one day. */
export const daysApart = (a: ToldHandover, b: ToldHandover): number => Math.max(0, b.first - a.last, a.first - b.last);

/**
 * Whether the clocks of the two sides explain two dates of one handover: in the hour in which a day has begun in China (+08:00) and not in
 * Viet Nam (+07:00). Where it is known to the instant when it happened, either book can have the day of either clock; else China's book
 * has the later one.
 */
export const areClocksApart = (theirs: ToldHandover, ours: ToldHandover, theirSide: Side): boolean => {
  if (theirs.first !== theirs.last || ours.first !== ours.last || theirs.first === ours.first) return false;
  if (ours.clocks !== undefined) return ours.clocks.includes(theirs.first) && ours.clocks.includes(ours.first);
  const [chinese, vietnamese] = theirSide === 'CN' ? [theirs, ours] : [ours, theirs];
  return chinese.first === vietnamese.first + 1;
};

type Numbers = Pick<Told, 'numbers' | 'documents' | 'caseNumbers'>;

/** Leaves out the numbers that a book has nowhere: they are of none of its handovers, whichever they are. */
export const knownTo = (book: readonly Numbers[]): ((told: Told) => Told) => {
  const [numbers, documents, caseNumbers] = [
    new Set(book.flatMap((each) => each.numbers)),
    new Set(book.flatMap((each) => each.documents)),
    new Set(book.flatMap((each) => each.caseNumbers)),
  ];
  return (told) => {
    const known = told.numbers.filter((number) => numbers.has(number));
    return {
      ...told,
      // That there is one, but another one, speaks against a pair.
      numbers: known.length === 0 && told.numbers.length > 0 ? [ANOTHER] : known,
      documents: told.documents.filter((number) => documents.has(number)),
      caseNumbers: told.caseNumbers.filter((number) => caseNumbers.has(number)),
    };
  };
};

/** No folded number has a space. */
const ANOTHER = 'another one';

const haveInCommon = (a: readonly string[], b: readonly string[]): boolean => a.some((each) => b.includes(each));

export const haveSameDocument = (a: Told, b: Told): boolean => haveInCommon(a.documents, b.documents);
export const haveSameCaseNumber = (a: Told, b: Told): boolean => haveInCommon(a.caseNumbers, b.caseNumbers);

/** Whether the numbers of the minutes are the same; undefined where one of the two tells none. */
export const haveSameMinutes = (a: ToldHandover, b: ToldHandover): boolean | undefined =>
  a.numbers.length === 0 || b.numbers.length === 0 ? undefined : haveInCommon(a.numbers, b.numbers);
