import { finished } from 'node:stream';
import fp from 'fastify-plugin';
import { Problem, retryLater } from '../http/problem.ts';

/** What two cores answer in about a third of a second. */
export const MOST_COMMANDS_UNDER_WAY = 1_000;

/**
 * Turns requests that write away while so many are under way already, before anything is done for them: what is let in is answered about as soon as
 * ever, what is not is told so at once, and what waits in memory stays bounded, however many send.
 */
export const commandsUnderWay = fp<{ readonly most: number }>(
  async (app, { most }) => {
    let underWay = 0;
    app.addHook('onRequest', (request, reply, done) => {
      if (request.method !== 'POST' || request.routeOptions.config.writes === false) {
        done();
        return;
      }
      if (underWay >= most) {
        done(
          new Problem('overloaded', `${underWay} requests are under way; nothing was written, try again`, retryLater),
        );
        return;
      }
      underWay += 1;
      // Also where the sender has gone before there was an answer.
      finished(reply.raw, () => {
        underWay -= 1;
      });
      done();
    });
  },
  { name: 'commands-under-way', dependencies: ['headers'] },
);
