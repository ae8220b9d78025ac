import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import { HISTORY_READ_MODEL } from '../../../../projections/read-models.ts';
import type { ReportFilter } from '../../../../projections/reports/query.ts';
import { csv } from '../../../http/csv.ts';
import { entityTag, isNotModified } from '../../../http/entity-tag.ts';
import { ACCEPT_LANGUAGE, acceptedLanguage, languageInTag } from '../../../http/language.ts';
import { sendTable, tableFormat } from '../../../http/table.ts';
import { timesAsked, withTimes } from '../../../http/times.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { filterOf, operationNameOf, type ReportQueryDependencies } from './asked.ts';
import { type ReportRow, reportRows } from './rows.ts';
import { type ReportQuery, reportQuerySchema, reportSchema } from './schemas.ts';

/** The shape of the answer; whoever changes it gives the next number, so that no copy of the old one passes for the new one. */
const REPORT_VERSION = 2;

const NOTES = [
  'Persons, incidents, courses and what else is counted are apart: no two rows are added up.',
  'Direction is the delivering side first. A handover is of the period by the date in its minutes.',
  'Incidents are distinct within a row; they do not add up across rows or directions.',
  'A capture or a rescue is of a scope by the province where it was, else by the office whose word it is; results of operations and what registers hold by the offices and provinces whose matter they are.',
  'With `at`, what was over by then counts, and what can have been by then is left open; statements are not cut by it.',
  'A row that is not derived is one of which nobody has reported anything to this ledger. Statements are what others have published, as entered by now; neither is ever bent to the other.',
];

/** The table that conferences publish, of any period and scope. */
export const reportQueryRoutes: FastifyPluginAsyncZod<ReportQueryDependencies> = async (
  app,
  { reports, registers },
) => {
  app.route({
    method: 'GET',
    url: '/reports/period',
    config: { roles: ROLES, tagged: true, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'reportPeriod',
      summary: 'What conferences publish: every figure of a period and scope, beside what others have published of it',
      tags: ['Reports'],
      querystring: reportQuerySchema,
      response: {
        200: {
          description: 'The table',
          content: { 'application/json': { schema: reportSchema }, 'text/csv': { schema: z.string() } },
        },
      },
    },
    handler: async (request, reply) => {
      const { query } = request;
      const name = operationNameOf(registers, accountOf(request).recorder, query.operation);
      const format = tableFormat(request, 'the report', query.format);
      const language = acceptedLanguage(request) ?? 'en';
      reply.header('vary', 'accept, accept-language').header('content-language', language);
      const tag = entityTag({
        revision: reports.position(),
        versions: [HISTORY_READ_MODEL.version, REPORT_VERSION],
        part: format,
        language: languageInTag(language),
      });
      if (isNotModified(request, reply, tag)) return reply;
      const answer = reports.answers(`${format} ${language} ${request.url}`, () => {
        const filter = filterOf(query);
        const rows = reportRows(reports, {
          filter,
          operationName: name,
          figures: query.figure,
          language,
          eventsOf: (figure) => `/v1/reports/period/${figure}/events?${parametersOf(query)}`,
        });
        return format === 'csv' ? csvOf(rows) : jsonOf(filter, { query, operationName: name, rows });
      });
      return sendTable(reply, format, 'report', answer);
    },
  });
};

/** What the report was asked for, as the events behind it are asked for the same. */
const parametersOf = ({ figure: _, format: __, asOf, at, zone, ...query }: ReportQuery): URLSearchParams => {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, [value].flat().join(','));
  }
  return withTimes(parameters, { asOf, at, zone });
};

const jsonOf = (
  filter: ReportFilter,
  {
    query,
    operationName,
    rows,
  }: {
    readonly query: ReportQuery;
    readonly operationName: string | undefined;
    readonly rows: readonly ReportRow[];
  },
): string => {
  const { from, to } = filter;
  return JSON.stringify({
    period: { from, to },
    scope: scopeDocument(filter, operationName),
    ...timesAsked(query),
    rows: [...rows],
    notes: NOTES,
  } satisfies z.infer<typeof reportSchema>);
};

const scopeDocument = ({ scope, operation }: ReportFilter, name: string | undefined) => {
  if (operation !== undefined) return { level: 'operation' as const, operation, name };
  if (scope === undefined) return { level: 'national' as const };
  const { provinces, offices, judgedBy } = scope;
  return {
    level: provinces.length > 0 ? ('provinces' as const) : ('offices' as const),
    ...(provinces.length > 0 && { provinces: [...provinces] }),
    ...(offices.length > 0 && { offices: [...offices] }),
    judgedBy,
  };
};

const COLUMNS = [
  'id',
  'label',
  'direction',
  'persons',
  'incidents',
  'quantity',
  'unit',
  'bound',
  'stated',
  'upTo',
  'undecided',
] as const;

/** A line for each row, and where a figure states no direction one for each besides. */
const csvOf = (rows: readonly ReportRow[]): string =>
  csv(
    COLUMNS,
    rows.flatMap(({ byDirection = [], statements, ...row }) => [
      { ...row, stated: statements.map(stated).join('; ') },
      ...byDirection.map((line) => ({ id: row.id, label: row.label, bound: row.bound, ...line })),
    ]),
  );

/** With its period where that is not the one of the report: from and to, `..` for an end that is left out (ISO 8601-2). */
const stated = ({ bound, value, unit, period, samePeriod }: ReportRow['statements'][number]): string =>
  `${bound} ${value} ${unit}${samePeriod === true ? '' : ` (${period?.from ?? '..'}/${period?.to ?? '..'})`}`;
