import { z } from 'zod';
import { AGREEMENTS, type Agreement } from '../case/handover-lines.ts';
import type { Bound } from '../kernel/bound.ts';
import { daysOfPeriod, type RegisterContribution } from '../kernel/contribution.ts';
import { formatDecimal, parseDecimal } from '../kernel/decimal.ts';
import type { RoughDate } from '../kernel/period.ts';
import { type Side, sideSchema } from '../kernel/sides.ts';
import { type OccurredAt, occurredAtSchema, type PlainDate } from '../kernel/time.ts';
import { substanceSchema } from '../reference/codes.ts';
import { BASE_UNITS, type BaseUnit, inBaseUnit, unitOf } from '../reference/units.ts';
import { measureSchema, reportShape, resultCodeSchema } from './events.ts';

/** What a side reports of a result: as it was sent, with the event that reports it. */
export interface Report extends z.infer<typeof reportShape> {
  readonly eventId: string;
  readonly occurredAt: OccurredAt;
  readonly by: Side;
}

/** What two reports must have in common to be about one result. */
export interface Measured {
  readonly measure: string;
  readonly substance?: string | undefined;
  readonly base?: BaseUnit | undefined;
}

export const measuredBy = ({ measure, substance, unit }: Report): Measured => ({
  measure,
  ...(substance !== undefined && { substance }),
  ...(unit !== undefined && { base: unitOf(unit).base }),
});

export const keyOf = ({ measure, substance, base }: Measured): string =>
  [measure, substance, base].filter((part) => part !== undefined).join(' ');

/** From where to where a figure can be, both included, in 10^-9 of one; an end that is left out is open. */
interface Range {
  readonly lower: bigint;
  readonly upper?: bigint;
  /** One of the reports that make it says "about". */
  readonly approximate: boolean;
}

const figureOf = ({ count, quantity = '0', unit = '' }: Report): bigint =>
  count === undefined ? inBaseUnit(quantity, unit) : parseDecimal(String(count));

const least = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b < a ? b : a));
const most = (values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a));

/** One result of all that is reported of it, and whether the reports contradict each other. */
const judge = (reports: readonly Report[]): { readonly range: Range; readonly conflicting: boolean } => {
  const figures = reports.map((report) => ({ bound: report.bound as Bound, value: figureOf(report) }));
  const named = figures.filter(({ bound }) => bound !== '>').map(({ value }) => value);
  const exceeded = figures.filter(({ bound }) => bound === '>').map(({ value }) => value);
  if (named.length === 0) return { range: { lower: most(exceeded), approximate: false }, conflicting: false };
  const isExceeded = exceeded.some((floor) => floor >= most(named));
  const conflicting = least(named) !== most(named) || exceeded.some((floor) => floor >= least(named));
  const isNear = figures.some(({ bound }) => bound === '≈');
  const approximate = isNear && (conflicting || figures.every(({ bound }) => bound !== '='));
  const lower = least(conflicting ? [...named, ...exceeded] : named);
  return { range: { lower, ...(!isExceeded && { upper: most(named) }), approximate }, conflicting };
};

const add = (a: Range, b: Range): Range => ({
  lower: a.lower + b.lower,
  ...(a.upper !== undefined && b.upper !== undefined && { upper: a.upper + b.upper }),
  approximate: a.approximate || b.approximate,
});

/** Counts are shown as numbers, quantities as exact decimal text in the base unit. */
const shown = ({ base }: Measured, { lower, upper, approximate }: Range) => {
  const tell = (value: bigint): number | string =>
    base === undefined ? Number(formatDecimal(value)) : formatDecimal(value);
  const range = { lower: tell(lower), ...(upper !== undefined && { upper: tell(upper) }), approximate };
  return base === undefined ? { count: range } : { quantity: { unit: base, ...range } };
};

const resultOf = (reports: readonly Report[]) => {
  const measured = measuredBy(reports[0] as Report);
  const { range, conflicting } = judge(reports);
  const isOneSided = new Set(reports.map(({ by }) => by)).size === 1;
  // Matched where both sides report it, and all reports can be true of one figure. An approximate one is true of the figure that it names.
  const agreement: Agreement = conflicting ? 'conflicting' : isOneSided ? 'one-sided' : 'matched';
  return { measured, range, agreement, reports };
};

type Result = ReturnType<typeof resultOf>;

const eachOnce = (reports: readonly Report[]): readonly Result[] =>
  [...Map.groupBy(reports, ({ result }) => result).values()].map(resultOf);

const totalOf = (results: readonly Result[]) => {
  const [{ measured }] = results as readonly [Result];
  const { base: _, ...named } = measured;
  const sum = results.map(({ range }) => range).reduce(add);
  const numberOf = (wanted: string): number => results.filter(({ agreement }) => agreement === wanted).length;
  return {
    ...named,
    ...shown(measured, sum),
    results: results.length,
    oneSided: numberOf('one-sided'),
    conflicting: numberOf('conflicting'),
  };
};

/**
 * The results of an operation of the reports of both sides, and their totals. A result that is reported more than once, by two phases or
 * two sides, is one result; where its reports contradict each other, the totals run from the lowest to the highest of them.
 */
export const resultsOf = (reports: readonly Report[]) => {
  const results = eachOnce(reports);
  const totals = [...Map.groupBy(results, ({ measured }) => keyOf(measured)).values()].map(totalOf);
  return {
    results: results.map(({ measured, range, agreement, reports: [first, ...others] }) => {
      const { base: _, ...named } = measured;
      const all = [first as Report, ...others];
      return {
        result: first?.result,
        ...named,
        agreement,
        ...shown(measured, range),
        reports: all.map(({ result: _result, measure: _measure, substance: _substance, ...report }) => report),
      };
    }),
    totals,
  };
};

interface Days {
  readonly first: PlainDate;
  readonly last: PlainDate;
}

/** All days that some reports say between them. */
const hullOf = (each: readonly Days[]): Days =>
  each.reduce((a, b) => ({
    first: a.first < b.first ? a.first : b.first,
    last: a.last > b.last ? a.last : b.last,
  }));

/** What one operation contributes: each result once, on the days that its reports, or else the operation, say. */
export const contributionsOf = (
  reports: readonly Report[],
  { begunOn, concludedOn }: { readonly begunOn?: RoughDate | undefined; readonly concludedOn?: RoughDate | undefined },
): readonly Omit<RegisterContribution, 'subjects' | 'provinces' | 'offices'>[] =>
  eachOnce(reports).map(({ measured, range, reports: all }) => {
    const [first] = all as readonly [Report];
    const ofOperation = { from: begunOn, to: concludedOn };
    return {
      measure: measured.measure,
      part: first.result,
      ...hullOf(all.map(({ period = ofOperation, occurredAt }) => daysOfPeriod(period, occurredAt))),
      substance: measured.substance,
      unit: measured.base,
      lower: formatDecimal(range.lower),
      upper: range.upper === undefined ? undefined : formatDecimal(range.upper),
      approximate: range.approximate,
    };
  });

const countSchema = z
  .strictObject({ lower: z.int(), upper: z.int().optional(), approximate: z.boolean() })
  .describe('From `lower` to `upper`, both the same where the reports agree; without `upper`: more than `lower`');

const quantitySchema = z
  .strictObject({ unit: z.enum(BASE_UNITS), lower: z.string(), upper: z.string().optional(), approximate: z.boolean() })
  .describe('The same of a quantity, exact decimal text in its base unit: g, l, piece, tablet');

const figureFields = {
  measure: measureSchema,
  substance: substanceSchema.optional(),
  count: countSchema.optional(),
  quantity: quantitySchema.optional(),
};

export const resultsFields: z.ZodRawShape = {
  results: z
    .array(
      z.strictObject({
        result: resultCodeSchema,
        ...figureFields,
        agreement: z
          .enum(AGREEMENTS)
          .describe('`matched`: both sides report it, and their reports can be true of one figure'),
        reports: z.array(
          z.strictObject({
            eventId: z.uuid(),
            occurredAt: occurredAtSchema,
            by: sideSchema,
            ...reportShape.omit({ result: true, measure: true, substance: true }).shape,
            details: z.string().optional(),
          }),
        ),
      }),
    )
    .readonly()
    .describe('Each result once, with all that is reported of it'),
  totals: z
    .array(
      z.strictObject({
        ...figureFields,
        results: z.int().describe('How many results it is made of'),
        oneSided: z.int().describe('How many of them one side alone reports'),
        conflicting: z.int().describe('Of how many the reports contradict each other'),
      }),
    )
    .readonly()
    .describe('Each result counts once; pieces, tablets, grams and litres are apart'),
};
