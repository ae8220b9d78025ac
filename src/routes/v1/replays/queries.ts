import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { Problem } from '../../../http/problem.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { CHECKING, type ReplayDependencies } from './commands.ts';
import { replayDocument } from './representation.ts';
import { replayParamsSchema, replaySchema } from './schemas.ts';

/** How far a replay is, and what came of it. */
export const replayQueryRoutes: FastifyPluginAsyncZod<ReplayDependencies> = async (app, { replays }) => {
  app.route({
    method: 'GET',
    url: '/replays/:replayId',
    config: { roles: CHECKING, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'getReplay',
      summary: 'How far a replay is, and whether the live views are equal to what the log gives',
      tags: ['Replays'],
      params: replayParamsSchema,
      querystring: noQuerySchema,
      response: { 200: replaySchema },
    },
    handler: async (request, reply) => {
      const replay = replays.find(request.params.replayId);
      if (replay === undefined) {
        throw new Problem(
          'not-found',
          'this node has no such replay: each node keeps its own last ones, until it stops',
        );
      }
      reply.header('cache-control', 'no-store');
      return replayDocument(replay, accountOf(request).role, answerLanguage(request, reply)) as never;
    },
  });
};
