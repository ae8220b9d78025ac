import type { Viewer } from '../../../../domain/kernel/access.ts';
import { operations } from '../../../../domain/operation/kind.ts';
import type { RegisterQueries } from '../../../../projections/registers/query.ts';
import type { ReportFilter, ReportQueries } from '../../../../projections/reports/query.ts';
import { invalidParameter } from '../../../http/problem.ts';
import { timesOf } from '../../../http/times.ts';
import type { ReportQuery } from './schemas.ts';

export interface ReportQueryDependencies {
  readonly reports: ReportQueries;
  readonly registers: RegisterQueries;
}

/** What a report and what is behind one of its rows are asked for alike. */
type AskedFor = Omit<ReportQuery, 'figure' | 'format'>;

export const filterOf = ({ from, to, provinces, offices, judgedBy, operation, ...times }: AskedFor): ReportFilter => ({
  from,
  to,
  scope:
    judgedBy === undefined
      ? undefined
      : { provinces: [...new Set(provinces)], offices: [...new Set(offices)], judgedBy },
  operation,
  ...timesOf(times),
});

/** The name of the operation that a report is of, if it is of one. Throws Problem where the viewer does not see it. */
export const operationNameOf = (
  registers: RegisterQueries,
  viewer: Viewer,
  operation: string | undefined,
): string | undefined => {
  if (operation === undefined) return undefined;
  const row = registers.find(viewer, operations.category, operation);
  if (row === undefined) {
    throw invalidParameter('query', 'operation', 'there is no such operation, or it was not shared with your office');
  }
  return (JSON.parse(row.document) as { readonly name: string }).name;
};
