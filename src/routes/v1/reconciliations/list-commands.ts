import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CASEWORKERS } from '../../../../domain/kernel/access.ts';
import type { Fields } from '../../../../domain/kernel/event.ts';
import { occurredAtSchema } from '../../../../domain/kernel/time.ts';
import { MOST_LINES_AT_ONCE } from '../../../../domain/reconciliation/events.ts';
import { reconciliations } from '../../../../domain/reconciliation/kind.ts';
import { type ListLine, openLine } from '../../../../domain/reconciliation/lines.ts';
import type { RegisterCommands } from '../../../application/all-commands.ts';
import { ACCEPT_LANGUAGE } from '../../../http/language.ts';
import { type Fault, Problem } from '../../../http/problem.ts';
import { acceptText } from '../../../plugins/text-body.ts';
import { COMMAND_ANSWER_HEADERS } from '../command-schemas.ts';
import { type Execution, execute } from '../execution.ts';
import { sendRecord } from '../registers/commands.ts';
import { pathOf, registerSchema } from '../registers/representation.ts';
import { idParamsSchema } from '../registers/schemas.ts';
import { CSV, listBodySchema, NDJSON, problemOfList, readList, type SentList } from './reading.ts';

/** Larger than a table of as many lines as a list can have. */
const LIST_LIMIT_BYTES = 2 * 1024 * 1024;

/** Of the lines of one event as JSON: sealed they grow by a third, and an append has an end. */
const MOST_CHARACTERS_AT_ONCE = 300_000;

const BODIES = {
  'application/json': listBodySchema,
  [CSV]: z
    .string()
    .describe(
      'A table in UTF-8 (RFC 4180; with commas, semicolons or tabs) whose first line has the headings: those of the JSON, or as they are ' +
        'called in one of the languages. Passes, kinds and directions by their codes or names, dates also as 31/12/2025 or 2025年12月31日, ' +
        'several names of a person with semicolons between',
    ),
  [NDJSON]: z.string().describe('A line of JSON for each line of the list'),
};

/** The route by which the other side's list comes in, whole or in several sendings. */
export const listCommandRoutes: FastifyPluginAsyncZod<{ readonly commands: RegisterCommands }> = async (
  app,
  { commands },
) => {
  const { noun } = reconciliations.register;
  acceptText(app, [CSV, NDJSON]);
  const execution: Execution = {
    noun,
    guideTo: (id) => `${pathOf(reconciliations, id)}/next shows what may come next`,
  };

  app.route({
    method: 'POST',
    url: '/reconciliations/:id/lines',
    bodyLimit: LIST_LIMIT_BYTES,
    config: {
      roles: CASEWORKERS,
      bodies: BODIES,
      answers: {
        201: { headers: COMMAND_ANSWER_HEADERS, description: `The ${noun} as it now stands, without what is sealed` },
      },
      headers: ACCEPT_LANGUAGE,
    },
    schema: {
      operationId: 'listReconciliationLines',
      summary: "Lines of the other side's list",
      description:
        'All lines are checked before the first is written; each fault is told with its line and column. When as many lines are here as the ' +
        'list has (`listed`), the ledger compares the two books.',
      tags: ['Reconciliations'],
      params: idParamsSchema(noun),
      querystring: z.strictObject({ occurredAt: occurredAtSchema.describe('When the list came in') }),
      response: { 201: registerSchema(reconciliations) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { occurredAt } = request.query;
      const list = readList(request.body);
      const parts = inParts(list.lines);
      let listed = 0;
      for (const [part, lines] of parts.entries()) {
        const toCome = list.lines.length - listed - lines.length;
        const command = { name: 'record', type: 'lines-listed', occurredAt, data: dataOf(lines, toCome) } as const;
        const answer = await execute(commands, { ...execution, part }, request, id, command).catch((error: unknown) => {
          throw error instanceof Problem ? placed(error, list, listed) : error;
        });
        listed += lines.length;
        if (part === parts.length - 1) return sendRecord(reconciliations, request as FastifyRequest, reply, answer);
      }
      throw new Error('a list has a line');
    },
  });
};

/** So many lines together as one event can hold. */
const inParts = (lines: readonly ListLine[]): readonly (readonly ListLine[])[] => {
  const parts: ListLine[][] = [];
  let characters = 0;
  for (const line of lines) {
    const part = parts.at(-1);
    const { length } = JSON.stringify(line);
    const hasRoom =
      part !== undefined && part.length < MOST_LINES_AT_ONCE && characters + length <= MOST_CHARACTERS_AT_ONCE;
    characters = hasRoom ? characters + length : length;
    if (hasRoom) part.push(line);
    else parts.push([line]);
  }
  return parts;
};

/** What may stand in the open apart from what is the person's. */
const dataOf = (lines: readonly ListLine[], toCome: number): Fields => {
  const fields = (line: ListLine, areOpen: boolean) =>
    Object.fromEntries(Object.entries(line).filter(([field]) => Object.hasOwn(openLine, field) === areOpen));
  const persons = lines.flatMap((line, index) => {
    const person = fields(line, false);
    return Object.keys(person).length === 0 ? [] : [{ line: index, ...person }];
  });
  return {
    lines: lines.map((line) => fields(line, true)),
    ...(persons.length > 0 && { persons }),
    ...(toCome > 0 && { toCome }),
  };
};

/** A refusal of a line is told where the sender has the line. `before`: how many of the list stand in earlier events. */
const placed = (problem: Problem, { faultAt }: SentList, before: number): Problem => {
  const { faults = [] } = problem;
  if (problem.code !== 'refused' || faults.length === 0) return problem;
  const told = faults.map((fault): Fault => {
    const pointer = 'pointer' in fault ? fault.pointer : '';
    const [, list, index, field] = /^\/data\/(lines|persons)\/(\d+)(?:\/([^/]+))?/.exec(pointer ?? '') ?? [];
    const code = 'code' in fault ? fault.code : undefined;
    if (list === 'lines') return faultAt(before + Number(index), field, fault.detail, code);
    return { detail: fault.detail, ...(code !== undefined && { code }) };
  });
  return problemOfList('refused', told, before);
};
