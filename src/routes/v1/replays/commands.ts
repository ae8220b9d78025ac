import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Role } from '../../../../domain/kernel/roles.ts';
import { deriveUuid } from '../../../derived-id.ts';
import { keyReused } from '../../../http/command-failure.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { Problem, retryLater } from '../../../http/problem.ts';
import { asOfOf } from '../../../http/times.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import type { Replays } from '../../../replaying/replays.ts';
import { pathOfReplay, replayDocument } from './representation.ts';
import { ALL_VIEWS, replaySchema, startReplayBodySchema } from './schemas.ts';

export interface ReplayDependencies {
  readonly replays: Replays;
}

/** Who checks the ledger, and who runs it. */
export const CHECKING: readonly Role[] = ['auditor', 'admin'];

const ACCEPTED = {
  description: 'The replay has begun; its address tells how far it is, and what came of it',
  headers: { Location: { type: 'string', description: 'Where it is followed' } },
};

/** Begins to build views anew from the log beside the live ones, and to compare the two. It writes nothing that anybody else sees. */
export const replayCommandRoutes: FastifyPluginAsyncZod<ReplayDependencies> = async (app, { replays }) => {
  app.route({
    method: 'POST',
    url: '/replays',
    config: { roles: CHECKING, headers: ACCEPT_LANGUAGE, answers: { 202: ACCEPTED } },
    schema: {
      operationId: 'startReplay',
      summary: 'Rebuild views from the log apart from the live ones, and compare the two row by row',
      description:
        'One at a time on a node. What came of it is kept as long as the node runs, for the last replays. The same key with the same body: the ' +
        'same replay again.',
      tags: ['Replays'],
      body: startReplayBodySchema,
      response: { 202: replaySchema },
    },
    handler: async (request, reply) => {
      const { id: account, role } = accountOf(request);
      const { view, to, zone } = request.body;
      const id = deriveUuid('replay', account, request.idempotencyKey);
      const asked = JSON.stringify({ view, to, zone });
      const known = replays.find(id);
      if (known !== undefined && known.asked !== asked) throw keyReused();
      const running = replays.running();
      if (known === undefined && running !== undefined) {
        throw new Problem(
          'overloaded',
          `a replay is under way on this node: follow it at ${pathOfReplay(running.id)}, and begin another when it has ended`,
          retryLater,
        );
      }
      const started =
        known ?? replays.start({ id, asked, view: view === ALL_VIEWS ? undefined : view, to: asOfOf(to, zone) });
      return reply
        .code(202)
        .header('location', pathOfReplay(id))
        .send(replayDocument(started, role, answerLanguage(request, reply)) as never);
    },
  });
};
