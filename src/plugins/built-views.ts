import fp from 'fastify-plugin';
import { Problem, retryLater } from '../http/problem.ts';
import type { Projector } from '../projecting/projector.ts';
import { LONGEST_WAIT_MS } from './min-event-position.ts';

/** For routes that read views: while one is built for the first time it is not asked, since it would answer from a part of the log. */
export const builtViews = fp<{ readonly views: Pick<Projector, 'built' | 'waitUntilBuilt'> }>(
  async (app, { views }) => {
    app.addHook('preHandler', (_request, _reply, done) => {
      if (views.built()) done();
      else views.waitUntilBuilt(LONGEST_WAIT_MS).then((built) => done(built ? undefined : beingBuilt()), done);
    });
  },
  { name: 'built-views' },
);

const beingBuilt = (): Problem =>
  new Problem(
    'not-yet-scanned',
    'the views are still being built from the log; /readyz says when they are',
    retryLater,
  );
