import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { eventsOf } from '../../../../domain/code-lists.ts';
import { SEEING_RECORDS, type Viewer } from '../../../../domain/kernel/access.ts';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import type { ChangingEvent, DiffAsked, FigureKey } from '../../../../projections/handovers/diff-query.ts';
import type { HandoverQueries, YearlyRow } from '../../../../projections/handovers/query.ts';
import { NO_PASS, type YearlyGroup } from '../../../../projections/handovers/yearly-filter.ts';
import type { HistoryQueries } from '../../../../projections/history/query.ts';
import { HISTORY_READ_MODEL } from '../../../../projections/read-models.ts';
import { csv } from '../../../http/csv.ts';
import { entityTag, isNotModified, roleClassOf } from '../../../http/entity-tag.ts';
import { ACCEPT_LANGUAGE, answerLanguage, languageInTag } from '../../../http/language.ts';
import { invalidParameter } from '../../../http/problem.ts';
import { sendTable, tableFormat } from '../../../http/table.ts';
import { asOfOf, timesOf } from '../../../http/times.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsIn } from '../labels.ts';
import { COUNTS } from './queries.ts';
import {
  type DiffQuery,
  diffEventsCursor,
  diffEventsQuerySchema,
  diffEventsSchema,
  diffQuerySchema,
  diffSchema,
} from './schemas.ts';

export interface DiffDependencies {
  readonly handovers: HandoverQueries;
  readonly history: HistoryQueries;
}

/** The shape of the answer; whoever changes it gives the next number. */
const DIFF_VERSION = 1;

/** Events that stand with each figure; all are found page after page. */
const EVENTS_OF_A_FIGURE = 20;

const NOTES = [
  'A figure is here if what is known of it at the two times differs; incidents are distinct within a row and do not add up.',
  'What the events of a row change comes to its difference. A correction moves the figure from then on, and leaves what was known before.',
];

/** What changed in the yearly figures from what was known at one time to what was known at another, and by which events. */
export const diffRoutes: FastifyPluginAsyncZod<DiffDependencies> = async (app, { handovers, history }) => {
  app.route({
    method: 'GET',
    url: '/handovers/yearly/diff',
    config: { roles: ROLES, tagged: true, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'compareYearlyHandovers',
      summary: 'Every yearly figure that changed between two times of knowledge, and the events that changed it',
      tags: ['Handovers'],
      querystring: diffQuerySchema,
      response: {
        200: {
          description: 'The figures that changed',
          content: { 'application/json': { schema: diffSchema }, 'text/csv': { schema: z.string() } },
        },
      },
    },
    handler: async (request, reply) => {
      const { query } = request;
      const { recorder, role } = accountOf(request);
      const format = tableFormat(request, 'the table', query.format);
      const asked = askedOf(history, query);
      const language = answerLanguage(request, reply);
      reply.header('vary', 'accept, accept-language');
      const tag = entityTag({
        revision: handovers.position(),
        versions: [HISTORY_READ_MODEL.version, DIFF_VERSION],
        roleClass: roleClassOf(role),
        part: `${format}.${recorder.office}`,
        language: languageInTag(language),
      });
      if (isNotModified(request, reply, tag)) return reply;
      const answer = handovers.answers(`${tag} ${request.url}`, () => {
        const rows = diffRows(handovers, recorder, asked, language, query);
        return format === 'csv'
          ? csvOf(asked.groupBy, rows)
          : JSON.stringify({ ...knownOf(query, asked), rows, notes: NOTES } satisfies z.infer<typeof diffSchema>);
      });
      return sendTable(reply, format, 'handovers-yearly-diff', answer);
    },
  });

  app.route({
    method: 'GET',
    url: '/handovers/yearly/diff/events',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listEventsThatChangedFigures',
      summary: 'The events that changed yearly figures between two times of knowledge, of cases that your office sees',
      tags: ['Handovers'],
      querystring: diffEventsQuerySchema,
      response: { 200: diffEventsSchema },
    },
    handler: async (request, reply) => {
      const { limit, cursor, ...query } = request.query;
      const asked = askedOf(history, query);
      const viewer = accountOf(request).recorder;
      const changes = handovers.changes(viewer, asked, { after: cursor, limit: limit + 1 });
      const page = diffEventsCursor.page(request, reply, {
        rows: [...Map.groupBy(changes, ({ position }) => position)],
        limit,
        placeOf: ([position]) => position,
      });
      const language = answerLanguage(request, reply);
      const events = page.map(([, ofEvent]) => ({
        ...eventDocument(ofEvent[0] as ChangingEvent, language),
        figures: ofEvent.map((each) => ({ ...each.figure, change: changeOf(each) })),
      }));
      return { ...knownOf(query, asked), events } as never;
    },
  });
};

type Asked = Omit<DiffQuery, 'format'>;

/** What is compared. Throws Problem where the first time is after the second. */
const askedOf = (
  history: HistoryQueries,
  { 'from-asOf': from, 'to-asOf': to, at, zone, groupBy, ...filter }: Asked,
): DiffAsked => {
  const after = from === undefined ? '' : history.positionAsOf(asOfOf(from, zone));
  const upTo = history.positionAsOf(asOfOf(to, zone));
  if (after > upTo) {
    throw invalidParameter('query', 'from-asOf', 'expected a time that is not after `to-asOf`');
  }
  return {
    filter: { ...filter, at: timesOf({ at, zone }).at },
    groupBy: [...new Set(groupBy)],
    between: { after, upTo },
  };
};

const knownOf = ({ 'from-asOf': from, 'to-asOf': to, at }: Asked, { between }: DiffAsked) => ({
  fromAsOf: from ?? null,
  toAsOf: to ?? null,
  at: at ?? null,
  positions: { from: between.after, to: between.upTo },
});

type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

const countsOf = (of: (count: (typeof COUNTS)[number]) => number): Counts =>
  Object.fromEntries(COUNTS.map((count) => [count, of(count)])) as Counts;

/** Tells figures apart by what they are grouped by. */
const keyOf = (groupBy: readonly YearlyGroup[], figure: FigureKey): string =>
  JSON.stringify(groupBy.map((group) => figure[group]));

const diffRows = (
  handovers: HandoverQueries,
  viewer: Viewer,
  asked: DiffAsked,
  language: Language | undefined,
  query: DiffQuery,
) => {
  const { filter, groupBy, between } = asked;
  const key = (figure: FigureKey): string => keyOf(groupBy, figure);
  const known = (position: string): ReadonlyMap<string, YearlyRow> =>
    new Map(handovers.yearly({ ...filter, asOf: { position } }, groupBy).map((row) => [key(row), row]));
  const [before, after] = [known(between.after), known(between.upTo)];
  const changedBy = new Map(handovers.changedBy(viewer, asked).map((each) => [key(each.figure), each]));
  const events = Map.groupBy(handovers.firstChanges(viewer, asked, EVENTS_OF_A_FIGURE), ({ figure }) => key(figure));
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((each) => {
      const [was, is] = [before.get(each), after.get(each)];
      const figure = Object.fromEntries(groupBy.map((group) => [group, (is ?? was)?.[group]])) as FigureKey;
      const { events: count = 0, seen = 0 } = changedBy.get(each) ?? {};
      return {
        ...figure,
        before: countsOf((name) => was?.[name] ?? 0),
        after: countsOf((name) => is?.[name] ?? 0),
        difference: countsOf((name) => (is?.[name] ?? 0) - (was?.[name] ?? 0)),
        changedBy: count,
        withheld: count - seen,
        events: (events.get(each) ?? []).map((event) => ({
          ...eventDocument(event, language),
          change: changeOf(event),
        })),
        links: { events: linkTo(figure, query) },
      };
    })
    .filter(({ difference }) => COUNTS.some((name) => difference[name] !== 0))
    .sort((a, b) => inOrder(groupBy, a as FigureKey, b as FigureKey)) as z.infer<typeof diffSchema>['rows'];
};

/** In the order of the yearly table. */
const inOrder = (groupBy: readonly YearlyGroup[], a: FigureKey, b: FigureKey): number => {
  const group = groupBy.find((each) => a[each] !== b[each]);
  if (group === undefined) return 0;
  return (a[group] ?? '') < (b[group] ?? '') ? -1 : 1;
};

const changeOf = ({ persons, delivered, received, matched }: ChangingEvent) => ({
  persons,
  delivered,
  received,
  matched,
});

const eventDocument = (
  { eventId, type, caseId, position, knownAt, metadata }: ChangingEvent,
  language: Language | undefined,
) => ({
  eventId,
  type,
  labels: labelsIn(language, { type: [eventsOf(caseStreams.category), type] }),
  caseId,
  position,
  recordedAt: (JSON.parse(metadata) as { readonly recordedAt: string }).recordedAt,
  knownAt,
  links: { case: `/v1/cases/${caseId}`, events: `/v1/cases/${caseId}/events` },
});

/** Where all events of a figure are: what it is grouped by in the place of what was asked for. */
const linkTo = (figure: FigureKey, { format: _, ...query }: DiffQuery): string => {
  const { year, direction, kind } = figure;
  const ofFigure = {
    ...query,
    ...(year !== undefined && { from: year, to: year }),
    ...(direction !== undefined && { direction }),
    ...(kind !== undefined && { kind }),
    ...(figure.pass !== undefined && { pass: figure.pass ?? NO_PASS }),
  };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(ofFigure)) {
    if (value !== undefined) parameters.set(name, [value].flat().join(','));
  }
  return `/v1/handovers/yearly/diff/events?${parameters}`;
};

const SIDES = ['before', 'after', 'difference'] as const;

const csvOf = (groupBy: readonly YearlyGroup[], rows: z.infer<typeof diffSchema>['rows']): string => {
  const columns = SIDES.flatMap((side) => COUNTS.map((count) => ({ name: `${side}.${count}`, side, count })));
  return csv(
    [...groupBy, ...columns.map(({ name }) => name), 'changedBy', 'withheld'],
    rows.map((row) => ({
      ...row,
      ...Object.fromEntries(columns.map(({ name, side, count }) => [name, row[side][count]])),
    })) as never,
  );
};
