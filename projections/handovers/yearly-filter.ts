import { allOf, type Condition, compare, oneOf } from '../conditions.ts';
import { contributedAt, type Happened, type Times } from '../times.ts';

export const YEARLY_GROUPS = ['year', 'direction', 'kind', 'pass'] as const;
export type YearlyGroup = (typeof YEARLY_GROUPS)[number];

export interface YearlyFilter extends Times {
  /** First and last year, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly direction?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  /** Codes of passes, and `none` for handovers at no pass. */
  readonly pass?: readonly string[] | undefined;
}

/** Asks for handovers at no pass, such as at an airport. */
export const NO_PASS = 'none';

/** A literal, so that the indexes of handovers alone serve. */
export const HANDOVERS: Condition = ["measure = 'handed-over'"];

/** What counts in the years of a filter. */
export const inYears = ({ from, to }: YearlyFilter): readonly (Condition | undefined)[] =>
  from !== undefined && from === to
    ? [['year = ?', from]]
    : [['year IS NOT NULL'], compare('year >=', from), compare('year <=', to)];

/** By the days, so that a date that leaves the year open is found in each year that it touches. */
export const touchingYears = ({ from, to }: YearlyFilter): readonly (Condition | undefined)[] => [
  compare('last_day >=', from && `${String(from).padStart(4, '0')}-01-01`),
  compare('first_day <=', to && `${String(to).padStart(4, '0')}-12-31`),
];

/** What a filter names besides years and times. */
export const ofFilter = ({ direction, kind, pass }: YearlyFilter): readonly (Condition | undefined)[] => [
  HANDOVERS,
  oneOf('direction', direction),
  oneOf('kind', kind),
  oneOf(`ifnull(pass, '${NO_PASS}')`, pass),
];

/** What is counted of a filter, or left open beside it, under some more conditions, as SQL with its parameters. */
export const yearlyConditions = (
  filter: YearlyFilter,
  restrictions: readonly (Condition | undefined)[],
  which: Happened = 'happened',
) => allOf([...ofFilter(filter), ...restrictions, ...contributedAt(filter, which)]);
