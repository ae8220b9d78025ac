import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import type { Direction } from '../../../../domain/kernel/sides.ts';
import type { ContributionRow, HandoverQueries, YearlyRow } from '../../../../projections/handovers/query.ts';
import { NO_PASS, type YearlyFilter } from '../../../../projections/handovers/yearly-filter.ts';
import { HISTORY_READ_MODEL } from '../../../../projections/read-models.ts';
import { csv } from '../../../http/csv.ts';
import { entityTag, isNotModified } from '../../../http/entity-tag.ts';
import { sendTable, type TableFormat, tableFormat } from '../../../http/table.ts';
import { timesAsked, timesOf, withTimes } from '../../../http/times.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import {
  behindCursor,
  behindParamsSchema,
  behindQuerySchema,
  behindSchema,
  type provenanceQuerySchema,
  type YearlyQuery,
  yearlyQuerySchema,
  yearlySchema,
} from './schemas.ts';

export interface HandoverQueryDependencies {
  readonly handovers: HandoverQueries;
}

/** The shape of the answer; whoever changes it gives the next number, so that no copy of the old one passes for the new one. */
const YEARLY_VERSION = 4;

const NOTES = [
  'A handover counts in the year of the date in its minutes.',
  'Incidents are distinct within a row; they do not add up across rows.',
  'Delivered and received are the words of the two sides; a person counts by either. Matched are those of whom the two say the same.',
  'With `at`, what had happened by then counts, with the words that had been said by then; what was corrected since is known by `asOf`.',
];

/** Counts of handovers and what is behind them. */
export const handoverQueryRoutes: FastifyPluginAsyncZod<HandoverQueryDependencies> = async (app, { handovers }) => {
  app.route({
    method: 'GET',
    url: '/handovers/yearly',
    config: { roles: ROLES, tagged: true },
    schema: {
      operationId: 'countHandoversByYear',
      summary: 'Handovers by year, direction and kind',
      tags: ['Handovers'],
      querystring: yearlyQuerySchema,
      response: {
        200: {
          description: 'The figures',
          content: { 'application/json': { schema: yearlySchema }, 'text/csv': { schema: z.string() } },
        },
      },
    },
    handler: async (request, reply) => {
      const format = tableFormat(request, 'the table', request.query.format);
      reply.header('vary', 'accept');
      if (isNotModified(request, reply, yearlyTag(handovers.position(), format))) return reply;
      const answer = handovers.answers(`${format} ${request.url}`, () =>
        yearlyAnswer(handovers, request.query, format),
      );
      return sendTable(reply, format, 'handovers-yearly', answer);
    },
  });

  app.route({
    method: 'GET',
    url: '/handovers/yearly/:year/:direction/events',
    config: { roles: SEEING_RECORDS },
    schema: {
      operationId: 'listEventsBehindFigure',
      summary: 'The events behind one figure',
      tags: ['Handovers'],
      params: behindParamsSchema,
      querystring: behindQuerySchema,
      response: { 200: behindSchema },
    },
    handler: async (request, reply) => {
      const { year, direction } = request.params;
      const { which, limit, cursor, ...given } = request.query;
      const filter = filterOfFigure(year, direction, given);
      const viewer = accountOf(request).recorder;
      const persons = handovers.countBehind(undefined, filter, which);
      const seen = handovers.countBehind(viewer, filter, which);
      const lines = handovers.behind(viewer, filter, { which, after: cursor, limit: limit + 1 });
      const page = behindCursor.page(request, reply, { rows: lines, limit, placeOf: ({ number }) => number });
      return { persons, withheld: persons - seen, lines: page.map(behindLine) } as never;
    },
  });
};

const yearlyTag = (position: string, format: TableFormat): string =>
  entityTag({ revision: position, versions: [HISTORY_READ_MODEL.version, YEARLY_VERSION], part: format });

/** One figure, at the times that are asked for. */
export const filterOfFigure = (year: number, direction: Direction, given: z.infer<typeof provenanceQuerySchema>) =>
  ({ ...filterOf(given), from: year, to: year, direction: [direction] }) satisfies YearlyFilter;

/** What is counted, at the times that are asked for. */
const filterOf = <Given extends Parameters<typeof timesOf>[0]>({ asOf, at, zone, ...given }: Given) => ({
  ...given,
  ...timesOf({ asOf, at, zone }),
});

/** The figures as text. */
const yearlyAnswer = (handovers: HandoverQueries, query: YearlyQuery, format: TableFormat): string => {
  const { groupBy, format: _, ...given } = query;
  const filter: YearlyFilter = filterOf(given);
  const groups = [...new Set(groupBy)];
  const rows = handovers.yearly(filter, groups);
  if (format === 'csv') return csv([...groups, ...COUNTS, ...(filter.at === undefined ? [] : OPEN)], rows);
  return JSON.stringify({
    ...timesAsked(query),
    rows: rows.map((row) => ({ ...row, links: linksOf(row, query) })),
    openYear: handovers.openYear(filter).map(datedLine),
    undecided: handovers.undecided(filter).map(datedLine),
    newYearCases: handovers
      .newYearCases(filter)
      .map((row) => ({ ...datedLine(row), year: row.year, otherYear: row.otherYear })),
    notes: NOTES,
  } satisfies z.infer<typeof yearlySchema>);
};

/** What a figure comes to, in the order of its columns. */
export const COUNTS = ['persons', 'incidents', 'delivered', 'received', 'matched'] as const;
const OPEN = ['openWords'] as const;

/** Where the events of a figure are: what it is grouped by, and what else was asked for. */
const linksOf = (
  { year, ...row }: YearlyRow,
  { direction: directions, kind, pass, ...times }: YearlyQuery,
): { readonly events: string } | undefined => {
  if (year === undefined) return undefined;
  // Not among the groups only where one was asked for.
  const direction = row.direction ?? directions?.[0];
  const parameters = new URLSearchParams();
  for (const each of row.kind === undefined ? (kind ?? []) : [row.kind]) parameters.append('kind', each);
  for (const each of row.pass === undefined ? (pass ?? []) : [row.pass ?? NO_PASS]) parameters.append('pass', each);
  withTimes(parameters, times);
  const query = parameters.size === 0 ? '' : `?${parameters}`;
  return { events: `/v1/handovers/yearly/${year}/${direction}/events${query}` };
};

const datedLine = ({ eventId, handoverDate, direction, kind, pass }: ContributionRow) => ({
  eventId,
  handoverDate,
  direction,
  kind,
  pass,
});

const behindLine = (row: ContributionRow) => ({
  ...datedLine(row),
  caseId: row.caseId,
  incident: row.incident,
  countedFrom: { eventId: row.fromEvent, position: row.fromPosition },
  links: { case: `/v1/cases/${row.caseId}`, events: `/v1/cases/${row.caseId}/events` },
});
