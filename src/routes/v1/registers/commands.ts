import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CASEWORKERS } from '../../../../domain/kernel/access.ts';
import { withArticle } from '../../../../domain/kernel/noun.ts';
import type { EffectiveEvent } from '../../../../domain/kernel/record.ts';
import type { RegisterKind, RegisterState } from '../../../../domain/kernel/register.ts';
import type { RegisterCommands } from '../../../application/all-commands.ts';
import type { CommandAnswer } from '../../../application/commands.ts';
import { identifiedId } from '../../../application/ids.ts';
import { deriveUuid } from '../../../derived-id.ts';
import { expectedRevision } from '../../../http/entity-tag.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { JSON_MEDIA_TYPE } from '../../../http/prepared.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { COMMAND_ANSWER_HEADERS, openBodySchema, recordEventBodySchema } from '../command-schemas.ts';
import { openComponent, recordComponent } from '../event-schemas.ts';
import { assertSeen, type Execution, execute, ifMatchHeader } from '../execution.ts';
import { namesOf, pathOf, registerJson, registerSchema, registerTag } from './representation.ts';
import { idParamsSchema } from './schemas.ts';

export interface RegisterCommandDependencies {
  readonly kind: RegisterKind;
  readonly commands: RegisterCommands;
  readonly ledgerName: string;
}

/** Routes that write the records of one register. They read no view. */
export const registerCommandRoutes: FastifyPluginAsyncZod<RegisterCommandDependencies> = async (
  app,
  { kind, commands, ledgerName },
) => {
  const { noun, plural } = kind.register;
  const { one, several, path } = namesOf(kind);
  const written = {
    headers: COMMAND_ANSWER_HEADERS,
    description: `The ${noun} as it now stands, without what is sealed`,
  };
  const execution: Execution = {
    noun,
    guideTo: (id, { name }) =>
      name === 'open'
        ? `/openapi.json shows with what ${withArticle(noun)} is opened`
        : `${pathOf(kind, id)}/next shows what may come next`,
  };

  app.route({
    method: 'POST',
    url: path,
    config: { roles: CASEWORKERS, body: openComponent(one), answers: { 201: written }, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: `open${one}`,
      summary: `Open ${withArticle(noun)}`,
      tags: [several],
      body: openBodySchema,
      response: { 201: registerSchema(kind) },
    },
    handler: async (request, reply) => {
      const { type, occurredAt, statedBy, data = {}, ...particulars } = request.body;
      const id =
        identifiedId(kind, particulars) ??
        deriveUuid(kind.category, ledgerName, accountOf(request).id, request.idempotencyKey);
      const command = { name: 'open', type, occurredAt, statedBy, particulars, data } as const;
      const answer = await execute(commands, execution, request, id, command);
      reply.header('location', pathOf(kind, answer.id));
      return sendRecord(kind, request, reply, answer);
    },
  });

  app.route({
    method: 'POST',
    url: `${path}/:id/events`,
    config: {
      roles: CASEWORKERS,
      body: recordComponent(one),
      answers: { 201: written },
      headers: { 'If-Match': ifMatchHeader(kind), ...ACCEPT_LANGUAGE },
    },
    schema: {
      operationId: `record${one}Event`,
      summary: `Record an event of one of the ${plural}`,
      tags: [several],
      params: idParamsSchema(noun),
      body: recordEventBodySchema,
      response: { 201: registerSchema(kind) },
    },
    handler: async (request, reply) => {
      const { type, occurredAt, statedBy, data = {} } = request.body;
      const expected = expectedRevision(request);
      assertSeen(kind, type, expected);
      const command = { name: 'record', type, occurredAt, statedBy, data } as const;
      const answer = await execute(commands, execution, request, request.params.id, command, expected);
      return sendRecord(kind, request, reply, answer);
    },
  });
};

/** The record right after the command, as text: a repeated command gets the first answer again. */
export const sendRecord = (
  kind: RegisterKind,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, history, position }: CommandAnswer<RegisterState, EffectiveEvent>,
): FastifyReply => {
  const revision = history.recorded.length - 1;
  const document = JSON.stringify(kind.document(id, revision, history.state));
  return reply
    .code(201)
    .headers({ etag: registerTag(request, revision), 'event-position': position })
    .type(JSON_MEDIA_TYPE)
    .send(registerJson(kind, id, document, answerLanguage(request, reply)));
};
