import type { Bound } from '../../../../domain/kernel/bound.ts';
import { daysOfRoughDate, type Period } from '../../../../domain/kernel/period.ts';
import type { FigureUnit } from '../../../../domain/reference/figures.ts';
import type { ReportFilter } from '../../../../projections/reports/query.ts';

/** A statement as its register shows it; see domain/statement/. */
export interface StatementDocument {
  readonly id: string;
  readonly figure: string;
  readonly bound: Bound;
  readonly value: number;
  readonly unit: FigureUnit;
  readonly period?: Period;
  readonly scope: {
    readonly level: string;
    readonly provinces?: readonly string[];
    readonly offices?: readonly string[];
    readonly operation?: string;
  };
  readonly publisher: string;
  readonly publication: string;
  readonly wording: string;
}

/** What a report is of: the name of its operation, where it is of one. */
export type Asked = Pick<ReportFilter, 'from' | 'to' | 'scope'> & { readonly operationName?: string | undefined };

const sameCodes = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  [...a].sort().join(' ') === [...b].sort().join(' ');

const isOfScope = ({ scope: stated }: StatementDocument, { scope, operationName }: Asked): boolean => {
  if (operationName !== undefined) return stated.operation === operationName;
  if (scope === undefined) return stated.level === 'national';
  return (
    stated.level !== 'operation' &&
    sameCodes(stated.provinces, scope.provinces) &&
    sameCodes(stated.offices, scope.offices)
  );
};

/** Whether a statement is of just the period that is asked for; undefined where it leaves out an end, so that it can be. */
const isOfSamePeriod = ({ period = {} }: StatementDocument, { from, to }: Asked): boolean | undefined => {
  const isWithin = (date: string | undefined, day: string): boolean | undefined => {
    if (date === undefined) return undefined;
    const { first, last } = daysOfRoughDate(date);
    return first <= day && day <= last;
  };
  const ends = [isWithin(period.from, from), isWithin(period.to, to)];
  return ends.includes(false) ? false : ends.includes(undefined) ? undefined : true;
};

const isOfPartOfPeriod = ({ period }: StatementDocument, { from, to }: Asked): boolean =>
  period?.from !== undefined &&
  period.to !== undefined &&
  daysOfRoughDate(period.from).first >= from &&
  daysOfRoughDate(period.to).last <= to;

/** What others have published of a figure that stands beside the one of a report: of its scope, and of its period or a part of it. */
export const statementsBeside = (statements: readonly StatementDocument[], figure: string, asked: Asked) =>
  statements
    .filter((statement) => statement.figure === figure && isOfScope(statement, asked))
    .map((statement) => ({ statement, samePeriod: isOfSamePeriod(statement, asked) }))
    .filter(({ statement, samePeriod }) => samePeriod !== false || isOfPartOfPeriod(statement, asked))
    .map(({ statement: { id, bound, value, unit, period, publisher, publication, wording }, samePeriod }) => ({
      id,
      bound,
      value,
      unit,
      period: period ?? null,
      samePeriod: samePeriod ?? null,
      publisher,
      publication,
      wording,
      links: { self: `/v1/statements/${id}` },
    }));
