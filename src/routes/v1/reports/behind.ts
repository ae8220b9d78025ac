import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { derivedFigure, isReported } from '../../../../domain/counting/figures.ts';
import { partsOf } from '../../../../domain/counting/of-records.ts';
import { SEEING_RECORDS, type Viewer } from '../../../../domain/kernel/access.ts';
import type { Direction } from '../../../../domain/kernel/sides.ts';
import { REGISTERS } from '../../../../domain/stream-kinds.ts';
import type {
  Counted,
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
      const { limit, cursor, direction, which, ...query } = request.query;
      const viewer = accountOf(request).recorder;
      operationNameOf(registers, viewer, query.operation);
      checkSuits(figure, { direction, operation: query.operation });
      const page = { after: cursor, limit: limit + 1 };
      const behind = behindOf(reports, viewer, filterOf(query), { figure, direction, which }, page);
      const shown = behindReportCursor.page(request, reply, {
        rows: behind.lines,
        limit,
        placeOf: ({ place }) => place,
      });
      const { contributions, seen } = behind;
      const lines = shown.map(({ line }) => line);
      return { figure, contributions, withheld: contributions - seen, lines } as never;
    },
  });
};

interface Asked {
  readonly figure: string;
  readonly direction: string | undefined;
  readonly which: Counted;
}

/** What is asked for goes with the figure. Throws Problem. */
export const checkSuits = (
  figure: string,
  { direction, operation }: { readonly direction: string | undefined; readonly operation: string | undefined },
): void => {
  const {
    figure: { direction: own },
    derivation,
  } = derivedFigure(figure);
  if (operation !== undefined && !isReported(derivation)) {
    throw invalidParameter('query', 'operation', 'expected none: the figure is not made of results of operations');
  }
  if (direction !== undefined && (derivation.of === 'records' || (own !== undefined && own !== direction))) {
    throw invalidParameter(
      'query',
      'direction',
      own === undefined ? 'expected none: the figure has none' : `expected ${own}, or none`,
    );
  }
};

/** How many lines there are, how many of them the viewer sees, and of these some, each with its place. */
interface Behind {
  readonly contributions: number;
  readonly seen: number;
  readonly lines: readonly { readonly place: LinePlace; readonly line: object }[];
}

const behindOf = (
  reports: ReportQueries,
  viewer: Viewer,
  filter: ReportFilter,
  { figure, direction, which }: Asked,
  page: { readonly after: LinePlace | undefined; readonly limit: number },
): Behind => {
  const {
    figure: { direction: own },
    derivation,
  } = derivedFigure(figure);
  const period = reports.of(filter);
  if (derivation.of === 'persons') {
    const asked = { figure: derivation, direction: (own ?? direction) as Direction | undefined, which };
    return {
      contributions: period.countLines(undefined, asked),
      seen: period.countLines(viewer, asked),
      lines: period.lines(viewer, asked, page).map(personLine),
    };
  }
  const made = partsOf(derivation, period.days, period.records([derivation.measure]))[which];
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
