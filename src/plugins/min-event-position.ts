import fp from 'fastify-plugin';
import type { Position } from '../event-log/port.ts';
import { invalidParameter, Problem, retryLater } from '../http/problem.ts';
import { isPosition } from '../http/query.ts';

/** Resolves to true as soon as the views have taken in the log up to a position, to false when the time is over before. */
export type WaitUntilScanned = (position: Position, timeoutMs: number) => Promise<boolean>;

/** How long a request waits for the views. */
export const LONGEST_WAIT_MS = 5_000;

/**
 * For routes that read views: one who has written something and got its `Event-Position` sends it as `Min-Event-Position`
 * and reads no view that does not know it yet. What was known at a position (`asOf`) is not known before the view is there either.
 */
export const minEventPosition = fp<{ readonly waitUntilScanned: WaitUntilScanned }>(
  async (app, { waitUntilScanned }) => {
    app.addHook('preHandler', (request, _reply, done) => {
      const named = request.headers['min-event-position'];
      const asOf = positionOf(request.query);
      if (named === undefined && asOf === undefined) {
        done();
        return;
      }
      if (named !== undefined && (typeof named !== 'string' || !isPosition(named))) {
        done(invalidParameter('header', 'Min-Event-Position', 'expected an Event-Position as a write gave it'));
        return;
      }
      const later = [named, asOf]
        .filter((each) => each !== undefined)
        .sort()
        .at(-1) as string;
      waitUntilScanned(later, LONGEST_WAIT_MS).then((scanned) => done(scanned ? undefined : behind()), done);
    });
  },
  { name: 'min-event-position' },
);

const positionOf = (query: unknown): string | undefined => {
  const { asOf } = query as { readonly asOf?: unknown };
  return typeof asOf === 'string' && isPosition(asOf) ? asOf : undefined;
};

const behind = (): Problem =>
  new Problem(
    'not-yet-scanned',
    `the view did not come to that position within ${LONGEST_WAIT_MS / 1000} s; try again`,
    retryLater,
  );
