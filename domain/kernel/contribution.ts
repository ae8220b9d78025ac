import { daysOfRoughDate, type Period } from './period.ts';
import { daysOfOccurrence, type OccurredAt, type PlainDate } from './time.ts';

/** What a record of a register contributes to a figure. Persons are counted of cases; see counting/. */
export interface RegisterContribution {
  /** What is counted or measured. */
  readonly measure: string;
  /** Which of several of one measure it is, such as the code of a result; left out where a record has one. */
  readonly part?: string | undefined;
  /**
   * The days on which it can have been; of what stands, such as a pair with a memorandum, those on which it stood, without `last` where it
   * still does.
   */
  readonly first: PlainDate;
  readonly last?: PlainDate | undefined;
  /** What it is directed against, of results of operations. */
  readonly subjects?: readonly string[] | undefined;
  readonly substance?: string | undefined;
  /** The base unit of what is measured; left out of what is counted. */
  readonly unit?: string | undefined;
  /** Exact decimal text, in that unit: how much at least, and at most; without `upper` it is more than that. */
  readonly lower: string;
  readonly upper?: string | undefined;
  /** Whether it is given as about so much. */
  readonly approximate: boolean;
  /** Whose matter it is: provinces (ISO 3166-2) and offices. */
  readonly provinces: readonly string[];
  readonly offices: readonly string[];
}

/** The measure of an office by which the provinces of its own side are its territory; it is in no figure. */
export const TERRITORY = 'territory';

/** So many, exactly. */
export const exactly = (count: number): Pick<RegisterContribution, 'lower' | 'upper' | 'approximate'> => ({
  lower: String(count),
  upper: String(count),
  approximate: false,
});

/** The days of a period. An end that a source leaves out is taken for the other, or for when it was told. */
export const daysOfPeriod = (
  { from, to }: Period,
  toldAt: OccurredAt,
): { readonly first: PlainDate; readonly last: PlainDate } => {
  const told = daysOfOccurrence(toldAt);
  const end = to === undefined ? told : daysOfRoughDate(to);
  return { first: from === undefined ? end.first : daysOfRoughDate(from).first, last: end.last };
};
