import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { caseSteps } from '../../../../domain/case/steps.ts';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import type { ReadEvent } from '../../../application/reader.ts';
import { isNotModified } from '../../../http/entity-tag.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { timesOf } from '../../../http/times.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsOfRecord } from '../labels.ts';
import { recordThen } from '../record-then.ts';
import { recordedEvent } from '../recorded-event.ts';
import { findCase } from './find.ts';
import { withoutHiddenLinks } from './hidden-links.ts';
import type { CaseQueryDependencies } from './queries.ts';
import { caseStepsCursor, caseStepsQuerySchema, caseStepsSchema } from './query-schemas.ts';
import { caseParamsSchema } from './schemas.ts';
import { caseStepsTag } from './tag.ts';

/** A case event by event, with what each made of it. */
export const caseStepRoutes: FastifyPluginAsyncZod<CaseQueryDependencies> = async (app, { cases, history, reader }) => {
  app.route({
    method: 'GET',
    url: '/cases/:caseId/steps',
    config: { roles: SEEING_RECORDS, tagged: true, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'listCaseSteps',
      summary: 'A case event by event, with the state after each and what it changed',
      tags: ['Cases'],
      params: caseParamsSchema,
      querystring: caseStepsQuerySchema,
      response: { 200: caseStepsSchema },
    },
    handler: async (request, reply) => {
      const { caseId } = request.params;
      const { limit, cursor = -1, ...given } = request.query;
      const row = findCase(cases, request, caseId);
      const language = answerLanguage(request, reply);
      const then = await recordThen({ history, reader }, caseStreams, caseId, { ...timesOf(given), unsealed: false });
      if (cursor < 0 && isNotModified(request, reply, caseStepsTag(request, then.revision))) return reply;
      const steps = caseSteps(
        caseId,
        then.events.map(({ event }) => event),
      );
      const page = caseStepsCursor.page(request, reply, {
        rows: steps.filter(({ event }) => event.revision > cursor),
        limit,
        placeOf: ({ event }) => event.revision,
      });
      const { recorder } = accountOf(request);
      const asSeen = withoutHiddenLinks(cases, recorder, row);
      const shown = page.map(({ event, after, changes }) => ({
        event: recordedEvent(recorder, caseStreams, asSeen(then.events[event.revision] as ReadEvent), language),
        after: { ...after, labels: language && labelsOfRecord(caseStreams.category, after, language) },
        changes,
      }));
      return { steps: shown } as never;
    },
  });
};
