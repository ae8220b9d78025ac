import type { FastifyRequest } from 'fastify';
import { REVISING_TYPES } from '../../../domain/kernel/history.ts';
import type { Command } from '../../../domain/kernel/record.ts';
import type { AnyStreamKind } from '../../../domain/kernel/stream-kind.ts';
import type { CommandAnswer, Commands, Envelope } from '../../application/commands.ts';
import { withDeadline } from '../../deadline.ts';
import { deriveUuid } from '../../derived-id.ts';
import { LogUnavailable } from '../../event-log/port.ts';
import { problemOfCommand } from '../../http/command-failure.ts';
import { Problem } from '../../http/problem.ts';
import { accountOf } from '../../plugins/authentication.ts';
import { commandIdOf } from '../../plugins/idempotency.ts';

/** Longer than a log takes to elect a new leader; after it the sender is told that the outcome is unknown. */
const COMMAND_TIMEOUT_MS = 20_000;

/** How the commands of one kind of record are sent and their failures told. */
export interface Execution {
  readonly noun: string;
  /** Where to read what would be accepted. */
  readonly guideTo: (id: string, command: Command) => string;
  /** Which command of the request it is, where that makes several. */
  readonly part?: number;
}

/** Carries out a command for the sender of a request. Throws Problem, and what the event log throws. */
export const execute = async <State, E, R>(
  commands: Commands<State, E, R>,
  { noun, guideTo, part }: Execution,
  request: FastifyRequest,
  id: string,
  command: Command,
  expectedRevision?: number,
): Promise<CommandAnswer<State, E, R>> => {
  const envelope: Envelope = {
    commandId: part === undefined ? commandIdOf(request, id) : deriveUuid(commandIdOf(request, id), String(part)),
    recordedBy: accountOf(request).recorder,
    correlationId: request.id,
    expectedRevision,
  };
  const result = await answeredInTime(commands.execute(id, command, envelope));
  if (!result.ok) throw problemOfCommand(result.error, noun, guideTo(id, command));
  return result.value;
};

/** Fastify's `handlerTimeout` would do the same at the price of an AbortController and a DOMException for every request. */
const answeredInTime = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
  withDeadline(
    COMMAND_TIMEOUT_MS,
    answer,
    () => new LogUnavailable(`the event log did not answer within ${COMMAND_TIMEOUT_MS} ms`),
  );

/** Events that change what was decided on: whoever sends one must have seen the record as it stands. */
const needIfMatch = ({ rules }: AnyStreamKind): readonly string[] => [...REVISING_TYPES, ...rules.presentOnly];

/** The header as it is documented for a route that records events. */
export const ifMatchHeader = (kind: AnyStreamKind) =>
  ({
    type: 'string',
    description: `The ETag of the ${kind.rules.noun} as it was seen; 412 if it has gone on since. Required for: ${needIfMatch(kind).join(', ')}.`,
  }) as const;

/** Throws Problem where an event needs `If-Match` and none was sent. */
export const assertSeen = (kind: AnyStreamKind, type: string, expectedRevision: number | undefined): void => {
  if (expectedRevision !== undefined || !needIfMatch(kind).includes(type)) return;
  const detail = `expected the ETag of the ${kind.rules.noun} as it was seen: ${type} changes what was decided on`;
  throw new Problem('precondition-required', detail, { faults: [{ in: 'header', name: 'If-Match', detail }] });
};
