import fp from 'fastify-plugin';
import { invalidParameter, Problem, retryLater } from '../http/problem.ts';
import { isPosition } from '../http/query.ts';
import type { Projector } from '../projecting/projector.ts';

/** How long a request waits for the views. */
export const LONGEST_WAIT_MS = 5_000;

/**
 * For routes that read views: one who has written something and got its `Event-Position` sends it as `Min-Event-Position`
 * and reads no view that does not know it yet. What was known at a position (`asOf`), and what
 * comes after one (`after`), is not known before the view is there either.
 */
export const minEventPosition = fp<Pick<Projector, 'scanned' | 'waitUntilScanned'>>(
  async (app, { scanned, waitUntilScanned }) => {
    app.addHook('preHandler', (request, _reply, done) => {
      const named = request.headers['min-event-position'];
      const asked = positionsIn(request.query);
      if (named === undefined && asked.length === 0) {
        done();
        return;
      }
      if (named !== undefined && (typeof named !== 'string' || !isPosition(named))) {
        done(invalidParameter('header', 'Min-Event-Position', 'expected an Event-Position as a write gave it'));
        return;
      }
      const latest = [named ?? '', ...asked].sort().at(-1) as string;
      waitUntilScanned(latest, LONGEST_WAIT_MS).then((isThere) => done(isThere ? undefined : behind(scanned())), done);
    });
  },
  { name: 'min-event-position' },
);

/** The positions that something was known at, and the one that a feed is to go on from. */
const POSITIONS = ['asOf', 'from-asOf', 'to-asOf', 'after'];

const positionsIn = (query: unknown): readonly string[] => {
  const given = query as Readonly<Record<string, unknown>>;
  return POSITIONS.map((name) => given[name])
    .filter((each) => typeof each === 'string')
    .filter(isPosition);
};

const behind = (scanned: string): Problem =>
  new Problem(
    'not-yet-scanned',
    `the views did not come to that position within ${LONGEST_WAIT_MS / 1000} s and are at ${scanned || 'the beginning'}; ` +
      'try again, unless the position is of another ledger',
    retryLater,
  );
