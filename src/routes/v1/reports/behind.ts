import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DERIVATIONS, type Derivation, isReported } from '../../../../domain/counting/figures.ts';
import { isOfFigure, isOfPeriod } from '../../../../domain/counting/of-records.ts';
import { SEEING_RECORDS, type Viewer } from '../../../../domain/kernel/access.ts';
import type { Direction } from '../../../../domain/kernel/sides.ts';
import { FIGURES } from '../../../../domain/reference/figures.ts';
import { REGISTERS } from '../../../../domain/stream-kinds.ts';
import type {
  LinePlace,
  PersonLine,
  RecordRow,
  ReportFilter,
  ReportQueries,
} from '../../../../projections/reports/query.ts';
import { invalidParameter } from '../../../http/problem.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { pathOf } from '../registers/representation.ts';
import { filterOf, operationNameOf, type ReportQueryDependencies } from './asked.ts';
import {
  behindReportCursor,
  behindReportParamsSchema,
  behindReportQuerySchema,
  behindReportSchema,
} from './schemas.ts';

/** What makes the value of one row of a report. */
export const behindReportRoutes: FastifyPluginAsyncZod<ReportQueryDependencies> = async (
  app,
  { reports, registers },
) => {
  app.route({
    method: 'GET',
    url: '/reports/period/:figure/events',
    config: { roles: SEEING_RECORDS },
    schema: {
      operationId: 'listEventsBehindRow',
      summary: 'What makes the value of one row',
      tags: ['Reports'],
      params: behindReportParamsSchema,
      querystring: behindReportQuerySchema,
      response: { 200: behindReportSchema },
    },
    handler: async (request, reply) => {
      const { figure } = request.params;
      const { limit, cursor, direction, ...query } = request.query;
      const viewer = accountOf(request).recorder;
      operationNameOf(registers, viewer, query.operation);
      if (query.operation !== undefined && !isReported(DERIVATIONS[figure] as Derivation)) {
        throw invalidParameter('query', 'operation', 'expected none: the figure is not made of results of operations');
      }
      const behind = behindOf(reports, viewer, filterOf(query), figure, direction, { after: cursor, limit: limit + 1 });
      const page = behind.lines.slice(0, limit);
      const last = page.at(-1);
      if (last !== undefined && behind.lines.length > limit) {
        behindReportCursor.linkToNext(request, reply, last.place);
      }
      const { contributions, seen } = behind;
      const lines = page.map(({ line }) => line);
      return { figure, contributions, withheld: contributions - seen, lines } as never;
    },
  });
};

const behindOf = (
  reports: ReportQueries,
  viewer: Viewer,
  filter: ReportFilter,
  figure: string,
  asked: string | undefined,
  page: { readonly after: LinePlace | undefined; readonly limit: number },
) => {
  const derivation = DERIVATIONS[figure] as Derivation;
  const direction = (FIGURES.find(({ code }) => code === figure)?.direction ?? asked) as Direction | undefined;
  if (derivation.of === 'persons') {
    return {
      contributions: reports.countPersonLines(undefined, filter, derivation, direction),
      seen: reports.countPersonLines(viewer, filter, derivation, direction),
      lines: reports.personLines(viewer, filter, derivation, direction, page).map(personLine),
    };
  }
  const made = reports
    .records(filter)
    .filter((row) => isOfFigure(derivation, row) && isOfPeriod(filter, derivation, row) === true);
  const seen = reports.seen(viewer, made);
  return {
    contributions: made.length,
    seen: seen.length,
    lines: seen
      .map(recordLine)
      .sort((a, b) => inOrder(a.place, b.place))
      .filter(({ place }) => page.after === undefined || inOrder(place, page.after) > 0)
      .slice(0, page.limit),
  };
};

const countedFrom = ({ fromEvent, fromPosition }: Pick<PersonLine, 'fromEvent' | 'fromPosition'>) => ({
  countedFrom: { eventId: fromEvent, position: fromPosition },
});

const linksOf = (record: string) => ({ links: { record, events: `${record}/events` } });

const inOrder = (a: LinePlace, b: LinePlace): number =>
  a.day === b.day ? a.number - b.number : a.day < b.day ? -1 : 1;

const personLine = ({ day, number, fromEvent, fromPosition, ...line }: PersonLine) => ({
  place: { day, number },
  line: { ...line, ...countedFrom({ fromEvent, fromPosition }), ...linksOf(`/v1/cases/${line.caseId}`) },
});

const recordLine = ({ number, category, recordId, firstDay, lastDay, lower, upper, unit, ...row }: RecordRow) => {
  const kind = REGISTERS.find((each) => each.category === category);
  if (kind === undefined) throw new Error(`there is no register of ${category}`);
  return {
    place: { day: firstDay, number },
    line: {
      record: { category, id: recordId },
      from: firstDay,
      to: lastDay,
      lower,
      ...(upper !== undefined && { upper }),
      ...(unit !== null && { unit }),
      ...countedFrom(row),
      ...linksOf(pathOf(kind, recordId)),
    },
  };
};
