import { derivedFigure } from '../../domain/counting/figures.ts';
import { partsOf } from '../../domain/counting/of-records.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import type { Direction } from '../../domain/kernel/sides.ts';
import type { HandoverQueries } from '../../projections/handovers/query.ts';
import type { YearlyFilter } from '../../projections/handovers/yearly-filter.ts';
import type { ReportFilter, ReportQueries } from '../../projections/reports/query.ts';
import type { AsOf } from '../../projections/times.ts';

/** A figure of a report, as plain data: what is asked for, without as of when. */
export type AskedFigure =
  | { readonly report: 'yearly'; readonly filter: Omit<YearlyFilter, 'asOf'> }
  | {
      readonly report: 'period';
      readonly figure: string;
      readonly direction?: Direction | undefined;
      readonly filter: Omit<ReportFilter, 'asOf'>;
    };

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
    const direction = (figure.direction ?? asked.direction) as Direction | undefined;
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
