import type { z } from 'zod';
import {
  DERIVED_FIGURES,
  type DerivedFigure,
  type PersonFigure,
  type RecordFigure,
} from '../../../../domain/counting/figures.ts';
import { totalOf } from '../../../../domain/counting/total.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import type { FigureUnit } from '../../../../domain/reference/figures.ts';
import { unitOf } from '../../../../domain/reference/units.ts';
import {
  isOfFigure,
  isOfPeriod,
  type PersonCount,
  type PersonRow,
  type RecordRow,
  type ReportFilter,
  type ReportQueries,
} from '../../../../projections/reports/query.ts';
import { type Asked, type StatementDocument, statementsBeside } from './beside.ts';
import type { reportSchema } from './schemas.ts';

export type ReportRow = z.infer<typeof reportSchema>['rows'][number];

const NOBODY: PersonCount = { persons: 0, incidents: 0, undecided: 0 };

const countOf = ({ persons, incidents, undecided }: PersonCount) => ({
  persons,
  incidents,
  ...(undecided > 0 && { undecided }),
});

/** What a figure comes to, of the contributions of registers; nothing where it is known only as far as somebody reported it, and nobody did. */
const amountOf = ({ figure, derivation }: DerivedFigure, rows: readonly RecordRow[], filter: ReportFilter) => {
  const made = rows.filter((row) => isOfFigure(derivation as RecordFigure, row));
  const within = made.map((row) => isOfPeriod(filter, derivation as RecordFigure, row));
  const counted = made.filter((_, index) => within[index] === true);
  if ((derivation as RecordFigure).reported === true && counted.length === 0) return { derived: false };
  const [unit] = figure.units as readonly [FigureUnit];
  const { amount, bound, upTo } = totalOf(counted, isWeight(unit) ? unitOf(unit).power : 0);
  const value = unit === 'persons' || unit === 'incidents' ? { [unit]: Number(amount) } : { quantity: amount, unit };
  return { derived: true, ...value, bound, ...(upTo !== undefined && { upTo }) };
};

const isWeight = (unit: FigureUnit): boolean => unit === 'kg' || unit === 't';

/** The rows of a report, in the order of the list of figures. */
export const reportRows = (
  reports: ReportQueries,
  filter: ReportFilter,
  asked: Asked,
  {
    figures,
    language,
    eventsOf,
  }: {
    readonly figures: readonly string[] | undefined;
    readonly language: Language;
    readonly eventsOf: (figure: string) => string;
  },
): readonly ReportRow[] => {
  const persons = filter.operation === undefined ? reports.persons(filter) : undefined;
  const records = reports.records(filter);
  const statements = reports.statements() as readonly StatementDocument[];

  const counted = (figure: PersonFigure, direction: string | undefined): Partial<ReportRow> => {
    if (persons === undefined) return { derived: false };
    if (direction !== undefined) {
      const row = persons.find((each) => isOf(figure, each) && each.direction === direction);
      return { derived: true, ...countOf(row ?? NOBODY), bound: '=' };
    }
    const directions =
      figure.offence === undefined
        ? persons.filter((each) => isOf(figure, each))
        : reports.personsByDirection(filter, figure);
    const all = directions.length > 1 ? reports.personsOf(filter, figure) : (directions[0] ?? NOBODY);
    return {
      derived: true,
      ...countOf(all),
      bound: '=',
      byDirection: directions.map((each) => ({ direction: each.direction, ...countOf(each) })),
    };
  };

  return DERIVED_FIGURES.filter(({ figure }) => figures?.includes(figure.code) ?? true)
    .map(({ figure, derivation }) => ({
      id: figure.code,
      label: figure.labels[language],
      definition: derivation.definition,
      ...(figure.direction !== undefined && { direction: figure.direction }),
      ...(derivation.of === 'persons'
        ? counted(derivation, figure.direction)
        : amountOf({ figure, derivation }, records, filter)),
      statements: statementsBeside(statements, figure.code, asked),
      links: { events: eventsOf(figure.code) },
    }))
    .filter(
      (row) => filter.operation === undefined || row.derived === true || row.statements.length > 0,
    ) as readonly ReportRow[];
};

const isOf = ({ measure, kind }: PersonFigure, row: PersonRow): boolean => row.measure === measure && row.kind === kind;
