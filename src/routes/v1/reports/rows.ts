import type { z } from 'zod';
import type { CountedDays } from '../../../../domain/counting/days.ts';
import {
  DERIVED_FIGURES,
  type DerivedFigure,
  isReported,
  type PersonFigure,
  type RecordFigure,
} from '../../../../domain/counting/figures.ts';
import { partsOf } from '../../../../domain/counting/of-records.ts';
import { totalOf } from '../../../../domain/counting/total.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import { type FigureEntry, type FigureUnit, isWeight } from '../../../../domain/reference/figures.ts';
import { unitOf } from '../../../../domain/reference/units.ts';
import {
  NOBODY,
  type PersonCount,
  type PersonCounts,
  type RecordRow,
  type ReportFilter,
  type ReportQueries,
} from '../../../../projections/reports/query.ts';
import { type StatementDocument, statementsBeside } from './beside.ts';
import type { reportSchema } from './schemas.ts';

export type ReportRow = z.infer<typeof reportSchema>['rows'][number];

const COUNTED = { derived: true, bound: '=' } as const;

const countOf = ({ persons, incidents, undecided }: PersonCount) => ({
  persons,
  incidents,
  ...(undecided > 0 && { undecided }),
});

/** What a figure comes to, of the contributions of registers; nothing where it is known only as far as somebody reported it, and nobody did. */
const amountOf = (
  { units }: FigureEntry,
  figure: RecordFigure,
  rows: readonly RecordRow[],
  days: CountedDays,
): Partial<ReportRow> => {
  const { counted, undecided } = partsOf(figure, days, rows);
  const open = undecided.length > 0 && { undecided: undecided.length };
  if (figure.reported === true && counted.length === 0) return { derived: false, ...open };
  const [unit] = units as readonly [FigureUnit];
  const { amount, bound, upTo } = totalOf(counted, isWeight(unit) ? unitOf(unit).power : 0);
  const value = unit === 'persons' || unit === 'incidents' ? { [unit]: Number(amount) } : { quantity: amount, unit };
  return { derived: true, ...value, bound, ...(upTo !== undefined && { upTo }), ...open };
};

/** What a report is of, and how its rows are told. */
export interface ReportAsked {
  readonly filter: ReportFilter;
  /** Of the operation that it is of. */
  readonly operationName: string | undefined;
  /** Left out: all. */
  readonly figures: readonly string[] | undefined;
  readonly language: Language;
  readonly eventsOf: (figure: string) => string;
}

/** The rows of a report, in the order of the list of figures. */
export const reportRows = (
  reports: ReportQueries,
  { filter, operationName, figures, language, eventsOf }: ReportAsked,
): readonly ReportRow[] => {
  const period = reports.of(filter);
  const statements = reports.statements() as readonly StatementDocument[];

  // The two directions of a figure are made alike.
  const counts = new Map<PersonFigure, PersonCounts>();
  const countsOf = (figure: PersonFigure): PersonCounts => {
    const known = counts.get(figure) ?? period.persons(figure);
    counts.set(figure, known);
    return known;
  };

  const counted = (figure: PersonFigure, direction: string | undefined): Partial<ReportRow> => {
    const { all, byDirection } = countsOf(figure);
    if (direction !== undefined) {
      return { ...COUNTED, ...countOf(byDirection.find((each) => each.direction === direction) ?? NOBODY) };
    }
    return {
      ...COUNTED,
      ...countOf(all),
      byDirection: byDirection.map((each) => ({ direction: each.direction, ...countOf(each) })),
    };
  };

  const isAskedFor = ({ figure, derivation }: DerivedFigure): boolean =>
    (figures?.includes(figure.code) ?? true) && (filter.operation === undefined || isReported(derivation));
  const wanted = DERIVED_FIGURES.filter(isAskedFor);
  const records = period.records(
    wanted.flatMap(({ derivation }) => (derivation.of === 'records' ? [derivation.measure] : [])),
  );
  const rows = wanted.map(({ figure, derivation }) => ({
    id: figure.code,
    label: figure.labels[language],
    definition: derivation.definition,
    ...(figure.direction !== undefined && { direction: figure.direction }),
    ...(derivation.of === 'persons'
      ? counted(derivation, figure.direction)
      : amountOf(figure, derivation, records, period.days)),
    statements: statementsBeside(statements, figure.code, { ...filter, operationName }),
    links: { events: eventsOf(figure.code) },
  })) as readonly ReportRow[];
  // Of one operation only what it has results of, or somebody says it has.
  return filter.operation === undefined ? rows : rows.filter((row) => row.derived || row.statements.length > 0);
};
