import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { caseDocument } from '../../../../domain/case/document.ts';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { CASEWORKERS } from '../../../../domain/kernel/access.ts';
import type { CaseAnswer, CaseCommands } from '../../../application/case-commands.ts';
import { deriveUuid } from '../../../derived-id.ts';
import { expectedRevision } from '../../../http/entity-tag.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { JSON_MEDIA_TYPE } from '../../../http/prepared.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { COMMAND_ANSWER_HEADERS, openBodySchema, recordEventBodySchema } from '../command-schemas.ts';
import { openComponent, recordComponent } from '../event-schemas.ts';
import { assertSeen, type Execution, execute, ifMatchHeader } from '../execution.ts';
import { caseJson, caseSchema } from './representation.ts';
import { caseParamsSchema } from './schemas.ts';
import { caseTag } from './tag.ts';

export interface CaseCommandDependencies {
  readonly commands: CaseCommands;
  readonly ledgerName: string;
}

const WRITTEN = { headers: COMMAND_ANSWER_HEADERS, description: 'The case as it now stands, without its person' };

/** Routes that write cases. They read no view: what they answer is what the command made of the case. */
export const caseCommandRoutes: FastifyPluginAsyncZod<CaseCommandDependencies> = async (
  app,
  { commands, ledgerName },
) => {
  app.route({
    method: 'POST',
    url: '/cases',
    config: {
      roles: CASEWORKERS,
      body: openComponent('Case'),
      answers: { 201: WRITTEN },
      headers: ACCEPT_LANGUAGE,
    },
    schema: {
      operationId: 'openCase',
      summary: 'Open a case',
      description: 'One person a case. `type` names the event that it begins with.',
      tags: ['Cases'],
      body: openBodySchema,
      response: { 201: caseSchema },
    },
    handler: async (request, reply) => {
      const { type, occurredAt, statedBy, data = {}, ...particulars } = request.body;
      const caseId = deriveUuid('case', ledgerName, accountOf(request).id, request.idempotencyKey);
      const command = { name: 'open', type, occurredAt, statedBy, particulars, data } as const;
      const answer = await execute(commands, CASES, request, caseId, command);
      reply.header('location', `/v1/cases/${caseId}`);
      return sendCase(request, reply, answer);
    },
  });

  app.route({
    method: 'POST',
    url: '/cases/:caseId/events',
    config: {
      roles: CASEWORKERS,
      body: recordComponent('Case'),
      answers: { 201: WRITTEN },
      headers: { 'If-Match': ifMatchHeader(caseStreams), ...ACCEPT_LANGUAGE },
    },
    schema: {
      operationId: 'recordEvent',
      summary: 'Record an event of a case',
      tags: ['Cases'],
      params: caseParamsSchema,
      body: recordEventBodySchema,
      response: { 201: caseSchema },
    },
    handler: async (request, reply) => {
      const { type, occurredAt, statedBy, data = {} } = request.body;
      const expected = expectedRevision(request);
      assertSeen(caseStreams, type, expected);
      const command = { name: 'record', type, occurredAt, statedBy, data } as const;
      return sendCase(
        request,
        reply,
        await execute(commands, CASES, request, request.params.caseId, command, expected),
      );
    },
  });
};

const CASES: Execution = {
  noun: 'case',
  guideTo: (caseId, { name }) =>
    name === 'open'
      ? '/v1/lifecycles shows what each kind of case begins with, /openapi.json the fields'
      : `/v1/cases/${caseId}/next shows what may come next`,
};

/** The case right after the command, as text: a repeated command gets the first answer again. */
const sendCase = (request: FastifyRequest, reply: FastifyReply, answer: CaseAnswer): FastifyReply => {
  const { id: caseId, history, position } = answer;
  const revision = history.recorded.length - 1;
  return reply
    .code(201)
    .headers({
      etag: caseTag(request, revision),
      'event-position': position,
    })
    .type(JSON_MEDIA_TYPE)
    .send(
      caseJson(caseId, JSON.stringify(caseDocument(caseId, revision, history.state)), answerLanguage(request, reply)),
    );
};
