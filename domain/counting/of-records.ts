import type { PlainDate } from '../kernel/time.ts';
import { SUBSTANCES } from '../reference/substances.ts';
import type { CountedDays } from './days.ts';
import type { RecordFigure } from './figures.ts';

/** What decides whether a contribution of a register is of a figure, and of a period; see kernel/contribution.ts. */
export interface ContributionOfRecord {
  readonly measure: string;
  readonly firstDay: PlainDate;
  /** Null of what still stands. */
  readonly lastDay: PlainDate | null;
  readonly subjects: readonly string[];
  readonly substance: string | null;
  readonly unit: string | null;
}

/** Seizures are added up by weight; pieces, tablets and litres are no part of it. */
const WEIGHT = 'g';

/** Whether a figure is made of it. */
const isOfFigure = (figure: RecordFigure, made: ContributionOfRecord): boolean =>
  made.measure === figure.measure &&
  (figure.subject === undefined || made.subjects.includes(figure.subject)) &&
  (figure.substance === undefined || made.substance === figure.substance) &&
  (figure.groups === undefined || figure.groups.some((group) => group === groupOf(made.substance))) &&
  (figure.measure !== 'seizure' || made.unit === WEIGHT);

const groupOf = (substance: string | null) => SUBSTANCES.find(({ code }) => code === substance)?.group;

/** Of some contributions those that make a figure of a period, and those of which their dates leave it open. */
export const partsOf = <Made extends ContributionOfRecord>(
  figure: RecordFigure,
  days: CountedDays,
  made: readonly Made[],
): { readonly counted: readonly Made[]; readonly undecided: readonly Made[] } => {
  const ofFigure = made.filter((each) => isOfFigure(figure, each));
  return {
    counted: ofFigure.filter((each) => isOfPeriod(days, figure, each) === true),
    undecided: ofFigure.filter((each) => isOfPeriod(days, figure, each) === undefined),
  };
};

/** Whether it is of a period, as far as its dates tell; undefined where they leave it open. */
const isOfPeriod = (
  { from, to, begun }: CountedDays,
  { standing }: RecordFigure,
  { firstDay, lastDay }: ContributionOfRecord,
): boolean | undefined => {
  if (standing === true) return firstDay <= to && (lastDay === null || lastDay >= to);
  if (lastDay === null || lastDay < from || firstDay > begun || begun < from) return false;
  return firstDay >= from && lastDay <= to ? true : undefined;
};
