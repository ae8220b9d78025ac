import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SEEING_RECORDS, type Viewer } from '../../../../domain/kernel/access.ts';
import type { FeedFilter, HistoryQueries } from '../../../../projections/history/query.ts';
import { BELIEVED_MS } from '../../../auth/issuer-keys.ts';
import { acceptedType } from '../../../http/media-type.ts';
import { invalidParameter } from '../../../http/problem.ts';
import { positionSchema } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import type { Projector } from '../../../projecting/projector.ts';
import { cloudEvent } from './cloud-event.ts';
import { cloudEventSchema, feedQuerySchema } from './schemas.ts';

export interface FeedDependencies {
  readonly history: HistoryQueries;
  readonly progress: Pick<Projector, 'scanned' | 'onProgress'>;
  readonly ledgerName: string;
}

/** A feed asks for its token anew this often, since nobody looks at the token meanwhile: its key may be withdrawn. */
const LONGEST_FEED_MS = BELIEVED_MS;

/** Shorter than the idle time after which usual proxies close a connection. */
const HEARTBEAT_MS = 15_000;

const NDJSON = 'application/x-ndjson';
const EVENT_STREAM = 'text/event-stream';

/**
 * The feed of events, for programs that follow the ledger: as NDJSON up to the present, or as server-sent events that go on. Nothing is
 * fetched before the reader has taken what went before. When the service closes, a reader that does not take what there is is cut off,
 * and goes on elsewhere from where it was.
 */
export const feedRoutes: FastifyPluginAsyncZod<FeedDependencies> = async (app, { history, progress, ledgerName }) => {
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());

  app.route({
    method: 'GET',
    url: '/events',
    config: { roles: SEEING_RECORDS },
    schema: {
      operationId: 'followEvents',
      summary: 'Events of the records that your office sees, in log order',
      description:
        'Going on from the last position that came misses nothing of the records that the office saw all the time. One that is shared ' +
        'with it later begins here with that: `shared-with`; what went before is in its history.',
      tags: ['Events'],
      querystring: feedQuerySchema,
      response: {
        200: {
          description: 'CloudEvents 1.0, one a line up to the present; or as server-sent events, going on',
          content: { [NDJSON]: { schema: cloudEventSchema }, [EVENT_STREAM]: { schema: cloudEventSchema } },
        },
      },
    },
    handler: async (request, reply) => {
      const { after, category: categories, case: caseId, record: recordId, type: types, kind: kinds } = request.query;
      const { office: offices } = request.query;
      const live = wantsEventStream(request);
      const begin = (live ? lastEventId(request) : undefined) ?? after ?? '';
      const viewer = accountOf(request).recorder;
      const ended = new AbortController();
      const expiry = setTimeout(() => ended.abort(), feedLasts(accountOf(request).until, Date.now()));
      reply.raw.once('close', () => {
        clearTimeout(expiry);
        ended.abort();
      });
      const source = {
        history,
        progress,
        viewer,
        filter: { categories, caseId, recordId, types, kinds, offices },
        begin,
      };
      const stream = live
        ? serverSentEvents(source, ledgerName, AbortSignal.any([ended.signal, closing.signal]))
        : lines(source, ledgerName);
      reply.headers({ 'cache-control': 'no-store', vary: 'accept' }).type(live ? EVENT_STREAM : NDJSON);
      const body = Readable.from(stream, { objectMode: false, highWaterMark: 64 * 1024 });
      const cutOff = (): void => {
        if (reply.raw.writableNeedDrain) body.destroy();
      };
      closing.signal.addEventListener('abort', cutOff, { once: true, signal: ended.signal });
      return reply.send(body as never) as never;
    },
  });
};

/**
 * For how many milliseconds a feed goes on. Rights last as long as the token, and not longer than a withdrawn key is believed; the reader comes
 * back with a token and `Last-Event-ID`.
 */
export const feedLasts = (until: number, now: number): number => Math.min(Math.max(until - now, 0), LONGEST_FEED_MS);

interface Source {
  readonly history: HistoryQueries;
  readonly progress: FeedDependencies['progress'];
  readonly viewer: Viewer;
  readonly filter: FeedFilter;
  /** The position after which to begin. */
  readonly begin: string;
}

async function* lines(source: Source, ledgerName: string): AsyncGenerator<string> {
  const upTo = source.history.scanned();
  let after = source.begin;
  while (after < upTo) {
    const { events, scanned } = source.history.feed(source.viewer, source.filter, { after, upTo });
    if (events.length > 0) yield events.map((row) => `${cloudEvent(ledgerName, row)}\n`).join('');
    after = scanned;
    await nextTurn();
  }
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
async function* serverSentEvents(source: Source, ledgerName: string, ended: AbortSignal): AsyncGenerator<string> {
  let after = source.begin;
  yield ': the feed begins\n\n';
  while (!ended.aborted) {
    const upTo = source.history.scanned();
    if (after < upTo) {
      const { events, scanned } = source.history.feed(source.viewer, source.filter, { after, upTo });
      if (events.length > 0) {
        yield events.map((row) => `id: ${row.position}\ndata: ${cloudEvent(ledgerName, row)}\n\n`).join('');
      }
      after = scanned;
      await nextTurn();
      continue;
    }
    // The id alone tells a reader whom nothing concerns how far it need not look again.
    if (!(await moreThan(upTo, source.progress, ended)) && !ended.aborted) yield `: still here\nid: ${after}\n\n`;
    await nextTurn();
  }
}

/** Waits until the views have gone on from a position; false where the time for a sign of life comes first, or the end. */
const moreThan = async (position: string, progress: Source['progress'], ended: AbortSignal): Promise<boolean> => {
  const waiting = new EventTarget();
  const stopListening = progress.onProgress(() => {
    if (progress.scanned() > position) waiting.dispatchEvent(new Event('progress'));
  });
  try {
    if (progress.scanned() > position) return true;
    await once(waiting, 'progress', { signal: AbortSignal.any([ended, AbortSignal.timeout(HEARTBEAT_MS)]) });
    return true;
  } catch {
    return false;
  } finally {
    stopListening();
  }
};

const wantsEventStream = (request: FastifyRequest): boolean =>
  acceptedType(request, 'the feed', [NDJSON, EVENT_STREAM]) === EVENT_STREAM;

/** Where a client of server-sent events goes on after its connection was lost. */
const lastEventId = (request: FastifyRequest): string | undefined => {
  const given = request.headers['last-event-id'];
  if (given === undefined || given === '') return undefined;
  const parsed = positionSchema.safeParse(given);
  if (!parsed.success) throw invalidParameter('header', 'Last-Event-ID', parsed.error.issues[0]?.message ?? '');
  return parsed.data;
};
