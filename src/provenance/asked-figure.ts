import { z } from 'zod';
import { DERIVED_FIGURES, derivedFigure } from '../../domain/counting/figures.ts';
import { partsOf } from '../../domain/counting/of-records.ts';
import { JUDGED_BY } from '../../domain/counting/scope.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import { oneOf } from '../../domain/kernel/codes.ts';
import { directionSchema, sideSchema } from '../../domain/kernel/sides.ts';
import { occurredAtSchema, plainDateSchema } from '../../domain/kernel/time.ts';
import { CASE_KINDS } from '../../domain/reference/case-kinds.ts';
import type { HandoverQueries } from '../../projections/handovers/query.ts';
import type { ReportQueries } from '../../projections/reports/query.ts';
import type { AsOf } from '../../projections/times.ts';

const code = z.string().min(1).max(100);
const year = z.int().min(0).max(9999);

/** The time by which something had happened. */
const at = z.strictObject({ time: occurredAtSchema, side: sideSchema }).optional();

/** A figure of a report, as plain data: what is asked for, without as of when. */
export const askedFigureSchema = z.discriminatedUnion('report', [
  z.strictObject({
    report: z.literal('yearly'),
    filter: z.strictObject({
      from: year,
      to: year,
      direction: z.array(directionSchema).length(1).readonly(),
      kind: z.array(oneOf(CASE_KINDS)).readonly().optional(),
      pass: z.array(code).readonly().optional(),
      at,
    }),
  }),
  z.strictObject({
    report: z.literal('period'),
    figure: oneOf(DERIVED_FIGURES.map(({ figure }) => figure.code)),
    direction: directionSchema.optional(),
    filter: z.strictObject({
      from: plainDateSchema,
      to: plainDateSchema,
      scope: z
        .strictObject({
          provinces: z.array(code).readonly(),
          offices: z.array(code).readonly(),
          judgedBy: oneOf(JUDGED_BY),
        })
        .optional(),
      operation: z.uuid().optional(),
      at,
    }),
  }),
]);

export type AskedFigure = z.infer<typeof askedFigureSchema>;

/** What makes a figure: a line of a case, or what a record contributes, with the event that tells it, or from which on it counts. */
export interface Contributed {
  readonly category: string;
  readonly id: string;
  readonly eventId: string;
}

export interface FigureQueries {
  readonly handovers: Pick<HandoverQueries, 'behind'>;
  readonly reports: Pick<ReportQueries, 'of'>;
}

/** Whoever proves a figure needs all of it. */
const ALL: Viewer = { role: 'auditor', office: 'CN-MPS' };

/** All that makes a figure, in an order of its own that is always the same. */
export const contributionsTo = (
  { handovers, reports }: FigureQueries,
  asked: AskedFigure,
  asOf: AsOf | undefined,
): readonly Contributed[] => {
  if (asked.report === 'yearly') {
    return inOrder(
      handovers
        .behind(ALL, { ...asked.filter, asOf }, { limit: -1 })
        .map(({ caseId, eventId }) => ({ category: 'case', id: caseId, eventId })),
    );
  }
  const period = reports.of({ ...asked.filter, asOf });
  const { derivation, figure } = derivedFigure(asked.figure);
  if (derivation.of === 'persons') {
    const direction = figure.direction ?? asked.direction;
    return inOrder(
      period
        .lines(ALL, { figure: derivation, direction, which: 'counted' }, { limit: -1 })
        .map(({ caseId, eventId }) => ({ category: 'case', id: caseId, eventId })),
    );
  }
  return inOrder(
    partsOf(derivation, period.days, period.records([derivation.measure])).counted.map(
      ({ category, recordId, fromEvent }) => ({ category, id: recordId, eventId: fromEvent }),
    ),
  );
};

const keyOf = ({ category, id, eventId }: Contributed): string => `${category} ${id} ${eventId}`;

const inOrder = (contributed: readonly Contributed[]): readonly Contributed[] =>
  contributed.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));

/** Kinds of records of which all are needed to judge a figure, besides those that make it. */
export const judgedBy = (asked: AskedFigure): readonly string[] =>
  asked.report === 'period' && asked.filter.scope !== undefined ? ['office'] : [];
