import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { caseDocument } from '../../../../domain/case/document.ts';
import { CASEWORKERS } from '../../../../domain/kernel/access.ts';
import type { Command } from '../../../../domain/kernel/record.ts';
import type { CaseAnswer, CaseCommands } from '../../../application/case-commands.ts';
import type { Envelope } from '../../../application/commands.ts';
import { deriveUuid } from '../../../application/ids.ts';
import { withDeadline } from '../../../deadline.ts';
import { LogUnavailable } from '../../../event-log/port.ts';
import { problemOfCommand } from '../../../http/command-failure.ts';
import { expectedRevision } from '../../../http/entity-tag.ts';
import { JSON_MEDIA_TYPE } from '../../../http/prepared.ts';
import { Problem } from '../../../http/problem.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { commandIdOf } from '../../../plugins/idempotency.ts';
import { caseJson, caseSchema } from './representation.ts';
import { COMMAND_ANSWER_HEADERS, caseParamsSchema, openCaseBodySchema, recordEventBodySchema } from './schemas.ts';
import { caseTag } from './tag.ts';

export interface CaseCommandDependencies {
  readonly commands: CaseCommands;
  readonly ledgerName: string;
}

/** Events that change what was decided on: whoever sends one must have seen the case as it stands. */
const NEEDS_IF_MATCH: ReadonlySet<string> = new Set(['corrected', 'annulled', 'recorded-late', 'merged', 'unmerged']);

/** Longer than a log takes to elect a new leader; after it the sender is told that the outcome is unknown. */
const COMMAND_TIMEOUT_MS = 20_000;

const IF_MATCH = {
  type: 'string',
  description: `The ETag of the case as it was seen; 412 if it has gone on since. Required for: ${[...NEEDS_IF_MATCH].join(', ')}.`,
} as const;

const WRITTEN = { headers: COMMAND_ANSWER_HEADERS, description: 'The case as it now stands, without its person' };

/** Routes that write cases. They read no view: what they answer is what the command made of the case. */
export const caseCommandRoutes: FastifyPluginAsyncZod<CaseCommandDependencies> = async (
  app,
  { commands, ledgerName },
) => {
  const execute = async (
    request: FastifyRequest,
    caseId: string,
    command: Command,
    expected?: number,
  ): Promise<CaseAnswer> => {
    const envelope: Envelope = {
      commandId: commandIdOf(request, caseId),
      recordedBy: accountOf(request).recorder,
      correlationId: request.id,
      expectedRevision: expected,
    };
    const result = await answeredInTime(commands.execute(caseId, command, envelope));
    if (!result.ok) throw problemOfCommand(result.error, guideTo(caseId, command));
    return result.value;
  };

  app.route({
    method: 'POST',
    url: '/cases',
    config: { roles: CASEWORKERS, body: 'OpenCase', answers: { 201: WRITTEN } },
    schema: {
      operationId: 'openCase',
      summary: 'Open a case',
      description: 'One person a case. `type` names the event that it begins with.',
      tags: ['Cases'],
      body: openCaseBodySchema,
      response: { 201: caseSchema },
    },
    handler: async (request, reply) => {
      const { type, occurredAt, statedBy, data = {}, ...particulars } = request.body;
      const caseId = deriveUuid('case', ledgerName, accountOf(request).id, request.idempotencyKey);
      const command = { name: 'open', type, occurredAt, statedBy, particulars, data } as const;
      const answer = await execute(request, caseId, command);
      reply.header('location', `/v1/cases/${caseId}`);
      return sendCase(request, reply, answer);
    },
  });

  app.route({
    method: 'POST',
    url: '/cases/:caseId/events',
    config: { roles: CASEWORKERS, body: 'RecordEvent', answers: { 201: WRITTEN }, headers: { 'If-Match': IF_MATCH } },
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
      if (expected === undefined && NEEDS_IF_MATCH.has(type)) throw ifMatchRequired(type);
      const command = { name: 'record', type, occurredAt, statedBy, data } as const;
      return sendCase(request, reply, await execute(request, request.params.caseId, command, expected));
    },
  });
};

/** Fastify's `handlerTimeout` would do the same at the price of an AbortController and a DOMException for every request. */
const answeredInTime = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
  withDeadline(
    COMMAND_TIMEOUT_MS,
    answer,
    () => new LogUnavailable(`the event log did not answer within ${COMMAND_TIMEOUT_MS} ms`),
  );

const guideTo = (caseId: string, { name }: Command): string =>
  name === 'open'
    ? '/v1/lifecycles shows what each kind of case begins with, /openapi.json the fields'
    : `/v1/cases/${caseId}/next shows what may come next`;

const ifMatchRequired = (type: string): Problem => {
  const detail = `expected the ETag of the case as it was seen: ${type} changes what was decided on`;
  return new Problem('precondition-required', detail, { faults: [{ in: 'header', name: 'If-Match', detail }] });
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
    .send(caseJson(caseId, JSON.stringify(caseDocument(caseId, revision, history.state))));
};
