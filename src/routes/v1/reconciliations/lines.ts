import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maySeePersons } from '../../../../domain/case/access.ts';
import { SEEING_RECORDS, type Viewer } from '../../../../domain/kernel/access.ts';
import { oneOf } from '../../../../domain/kernel/codes.ts';
import { foldHistory } from '../../../../domain/kernel/fold.ts';
import type { RegisterState } from '../../../../domain/kernel/register.ts';
import { directionSchema } from '../../../../domain/kernel/sides.ts';
import { isOfProtected } from '../../../../domain/reconciliation/check.ts';
import { settlementSchema } from '../../../../domain/reconciliation/events.ts';
import { reconciliations } from '../../../../domain/reconciliation/kind.ts';
import { kindSchema, listLineSchema, type TheirLine } from '../../../../domain/reconciliation/lines.ts';
import { theirLines } from '../../../../domain/reconciliation/list.ts';
import { type Compared, comparedSchema, lineNumberSchema, RESULTS } from '../../../../domain/reconciliation/results.ts';
import {
  entriesOf,
  keyOf,
  openResults,
  type ReconciliationEntries,
  type Settled,
} from '../../../../domain/reconciliation/work.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import type { RegisterQueries } from '../../../../projections/registers/query.ts';
import type { Reader } from '../../../application/reader.ts';
import { createCursor } from '../../../http/cursor.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { Problem } from '../../../http/problem.ts';
import { limitSchema, oneOrMore } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsIn, labelsSchema } from '../labels.ts';
import { idParamsSchema, includeSchema } from '../registers/schemas.ts';
import { admitToSealed } from '../registers/sealed.ts';

/** Of a line that was not compared yet. */
const TO_BE_COMPARED = 'to-be-compared';

const resultSchema = oneOf([TO_BE_COMPARED, ...RESULTS]);

const linesCursor = createCursor('lines of a reconciliation', z.int().min(0));

const linesQuerySchema = z.strictObject({
  result: oneOrMore(resultSchema).optional(),
  open: z
    .enum(['true', 'false'], { error: 'expected true or false' })
    .optional()
    .describe('`true`: those that are still to be settled'),
  include: includeSchema,
  limit: limitSchema,
  cursor: linesCursor.schema.optional(),
});

const theirsSchema = z
  .strictObject({ line: lineNumberSchema, ...listLineSchema.shape, direction: directionSchema, kind: kindSchema })
  .describe('As their list has it; who the person is, where that was asked for');

const { theirs: _theirs, ours: _ours, result: _result, ...told } = comparedSchema.shape;
const { theirs: _line, ours: _handover, ...settlement } = settlementSchema.shape;

const linesSchema = z.strictObject({
  lines: z.array(
    z.strictObject({
      result: resultSchema,
      theirs: theirsSchema.optional(),
      ours: comparedSchema.shape.ours.describe('As this ledger had it, without the person'),
      ...told,
      open: z.boolean().describe('It is still to be settled'),
      settlement: z
        .strictObject({ ...settlement, eventId: z.uuid().describe('The event that settles it, which can be annulled') })
        .optional(),
      labels: labelsSchema,
      links: z.strictObject({ case: z.string().optional() }),
    }),
  ),
});

export interface ComparedLinesDependencies {
  readonly registers: RegisterQueries;
  readonly reader: Reader;
}

/** The lines of two books, each with what came of it: what is to be worked through. */
export const comparedLinesRoutes: FastifyPluginAsyncZod<ComparedLinesDependencies> = async (
  app,
  { registers, reader },
) => {
  const { category, register } = reconciliations;

  app.route({
    method: 'GET',
    url: '/reconciliations/:id/lines',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE, shows: 'sealed' },
    schema: {
      operationId: 'listComparedLines',
      summary: 'The lines of the two books, each with what came of it and how it was settled',
      description:
        'Those of their list in its order, then those of this ledger alone. With `include=sealed` the persons of their list stand beside, for the ' +
        'roles that may know them. Lines of victims and detained persons are for the role `protection`, and for auditors without persons.',
      tags: ['Reconciliations'],
      params: idParamsSchema(register.noun),
      querystring: linesQuerySchema,
      response: { 200: linesSchema },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const { result: results, open, include, limit, cursor = -1 } = request.query;
      const viewer = accountOf(request).recorder;
      const row = registers.find(viewer, category, id);
      if (row === undefined) {
        throw new Problem('not-found', `there is no such ${register.noun}, or it was not shared with your office`);
      }
      const entries = entriesOf((JSON.parse(row.state) as RegisterState).entries);
      if (!maySeeLines(viewer, entries)) {
        throw new Problem('forbidden', `lines of victims and detained persons are not for the role ${viewer.role}`);
      }
      if (include === 'sealed') admitToSealed(reconciliations, request, reply, row);
      const found = linesOf(entries)
        .map((line, place) => ({ ...line, place }))
        .filter(
          (line) =>
            line.place > cursor &&
            (results === undefined || results.includes(line.result)) &&
            (open === undefined || String(line.open) === open),
        );
      const page = linesCursor.page(request, reply, { rows: found, limit, placeOf: ({ place }) => place });
      const persons = include === 'sealed' ? await personsOf(reader, id, row.revision, entries) : undefined;
      const language = answerLanguage(request, reply);
      const lines = page.map(({ place: _, ...line }) => ({
        ...line,
        ...(line.theirs && { theirs: persons?.get(line.theirs.line) ?? line.theirs }),
        labels: labelsOf(line, language),
        links: { ...(line.ours && { case: `/v1/cases/${line.ours.case}` }) },
      }));
      return { lines } as never;
    },
  });
};

const maySeeLines = (viewer: Viewer, entries: ReconciliationEntries): boolean =>
  viewer.role === 'auditor' || !isOfProtected(entries) || maySeePersons(viewer, true);

interface Line extends Omit<Compared, 'result' | 'theirs'> {
  readonly result: z.infer<typeof resultSchema>;
  readonly theirs?: TheirLine;
  readonly open: boolean;
  readonly settlement?: Omit<Settled, 'theirs' | 'ours'>;
}

/** What was compared; before that, what is here of their list. */
const linesOf = (entries: ReconciliationEntries): readonly Line[] => {
  const { lines = [], comparison, settlements = {} } = entries;
  const theirs = (line: number) => ({ line, ...lines[line - 1] }) as TheirLine;
  if (comparison === undefined) {
    return lines.map((_, index) => ({ result: TO_BE_COMPARED, theirs: theirs(index + 1), open: false }));
  }
  return openResults(entries).map(([{ theirs: line, ...result }, open]): Line => {
    const settled = settlements[keyOf({ theirs: line, ours: result.ours })];
    return {
      ...result,
      ...(line !== undefined && { theirs: theirs(line) }),
      open,
      ...(settled && { settlement: withoutKey(settled) }),
    };
  });
};

const withoutKey = ({ theirs: _, ours: __, ...settled }: Settled) => settled;

/** The lines of their list with their persons, by their numbers. */
const personsOf = async (
  reader: Reader,
  id: string,
  upTo: number,
  entries: ReconciliationEntries,
): Promise<ReadonlyMap<number, TheirLine>> => {
  const events = await reader.events(reconciliations.category, id, { upTo, unsealed: true });
  const { effective } = foldHistory(
    reconciliations.rules,
    events.map(({ event }) => event),
  );
  return new Map(theirLines(entries, effective).map((line) => [line.line, line]));
};

const labelsOf = ({ result, differsIn, explainedBy, settlement }: Line, language: Language | undefined) =>
  labelsIn(language, {
    result: ['comparison-results', result],
    differsIn: ['compared-fields', differsIn],
    explainedBy: ['comparison-explanations', explainedBy],
    decision: ['settlement-decisions', settlement?.decision],
  });
