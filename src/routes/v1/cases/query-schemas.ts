import { z } from 'zod';
import { CASE_STATUSES, caseDocumentSchema } from '../../../../domain/case/document.ts';
import { oneOf } from '../../../../domain/kernel/codes.ts';
import { officeSchema, sideSchema } from '../../../../domain/kernel/sides.ts';
import { textSchema } from '../../../../domain/kernel/text.ts';
import { plainDateSchema } from '../../../../domain/kernel/time.ts';
import { personSchema } from '../../../../domain/person/person.ts';
import { passCodeSchema } from '../../../../domain/reference/codes.ts';
import { DIRECTIONS } from '../../../../domain/reference/sides.ts';
import { CASE_SORTS } from '../../../../projections/cases/query.ts';
import { createCursor } from '../../../http/cursor.ts';
import { limitInBodySchema, limitSchema, oneOrMore, wholeNumber } from '../../../http/query.ts';
import { timesQuery } from '../../../http/times.ts';
import { labelsSchema } from '../labels.ts';
import { listedKindsSchema } from '../listed-kinds.ts';
import { recordedEventSchema } from '../recorded-event.ts';
import { caseSchema } from './representation.ts';

const includeSchema = z
  .enum(['person'], { error: 'expected person' })
  .optional()
  .describe('`person`: with who the person is, for roles that need it');

/** A case as it was known then or after one of its events, and of that what had happened by a time. */
export const caseQuerySchema = z
  .strictObject({
    include: includeSchema,
    ...timesQuery,
    revision: wholeNumber(0, 999_999_999, 'expected a revision: a whole number from 0')
      .optional()
      .describe('After the event of this number'),
  })
  .refine(({ asOf, revision }) => asOf === undefined || revision === undefined, {
    path: ['revision'],
    error: 'expected either asOf or revision, not both',
  });

const DAYS = [
  ['openedFrom', 'openedTo'],
  ['sinceFrom', 'sinceTo'],
  ['handedOverFrom', 'handedOverTo'],
] as const;

export const caseListCursor = createCursor(
  'cases',
  z.strictObject({ key: z.union([z.int(), plainDateSchema]), number: z.int() }),
);

const caseListFilterSchema = z.strictObject({
  kind: listedKindsSchema,
  status: oneOrMore(oneOf(CASE_STATUSES))
    .optional()
    .describe('One or several; cases that go on as others are listed only where theirs is asked for'),
  party: sideSchema.optional().describe('The requesting party'),
  direction: oneOf(DIRECTIONS.map(({ code }) => code)).optional(),
  office: officeSchema.optional().describe('An office that sees the case'),
  pass: passCodeSchema.optional().describe('Of the last handover, or of the one that is agreed'),
  incident: textSchema(64).optional(),
  openedFrom: plainDateSchema.optional().describe('Days are those of China (+08:00), where an instant is known'),
  openedTo: plainDateSchema.optional(),
  sinceFrom: plainDateSchema.optional().describe('Of what gave the case its status'),
  sinceTo: plainDateSchema.optional(),
  handedOverFrom: plainDateSchema.optional().describe('Of the date in the minutes'),
  handedOverTo: plainDateSchema.optional(),
  sort: oneOf(CASE_SORTS)
    .optional()
    .describe(
      'Left out, the latest first: by the handover where it is asked for by handovers, else by since when a case stands where it does',
    ),
  limit: limitSchema,
  cursor: caseListCursor.schema.optional(),
});

export const caseListQuerySchema = DAYS.reduce(
  (schema, [from, to]) =>
    schema.refine((query) => !((query[from] ?? '') > (query[to] ?? '9999-12-31')), {
      path: [to],
      error: `expected a date that is not before \`${from}\``,
    }),
  caseListFilterSchema,
);

const searchTextSchema = textSchema(200).optional();

export const caseSearchCursor = createCursor('cases found', z.int());

export const caseSearchBodySchema = z
  .strictObject({
    name: searchTextSchema.describe('A name or a part of one, in any script'),
    document: searchTextSchema.describe('The number of a document'),
    caseNumber: searchTextSchema.describe(
      "Either side's number of the case, or of the warrant; or its beginning, of three signs or more",
    ),
    limit: limitInBodySchema,
    cursor: caseSearchCursor.schema.optional(),
  })
  .refine(({ name, document, caseNumber }) => (name ?? document ?? caseNumber) !== undefined, {
    error: 'give at least one of name, document and caseNumber',
  });

const whoSchema = z.strictObject({
  person: personSchema,
  caseNumbers: z.array(z.strictObject({ side: sideSchema, number: z.string() })),
  warrantNumber: z.string().optional(),
});

export const caseWithPersonSchema = z.strictObject({
  ...caseSchema.shape,
  who: whoSchema.nullable().optional().describe('Only with `include=person`; null where the person was expunged'),
});

export const caseListSchema = z.strictObject({ cases: z.array(caseSchema) });
export const caseSearchSchema = z.strictObject({ cases: z.array(caseWithPersonSchema), next: z.string().optional() });

export const caseEventsCursor = createCursor('events of a case', z.int().min(0));

export const caseEventsQuerySchema = z.strictObject({
  include: includeSchema,
  ...timesQuery,
  limit: limitSchema,
  cursor: caseEventsCursor.schema.optional(),
});

export const caseStepsCursor = createCursor('steps of a case', z.int().min(0));

export const caseStepsQuerySchema = z.strictObject({
  asOf: timesQuery.asOf,
  zone: timesQuery.zone,
  limit: limitSchema,
  cursor: caseStepsCursor.schema.optional(),
});

export const caseStepsSchema = z.strictObject({
  steps: z.array(
    z.strictObject({
      event: recordedEventSchema('case'),
      after: z
        .strictObject({ ...caseDocumentSchema.shape, labels: labelsSchema })
        .describe(
          'The case after it as it was known then; after what puts it right, by the history as it was to be read from then on',
        ),
      changes: z
        .array(
          z.strictObject({
            pointer: z.string().describe('JSON pointer (RFC 6901) into the case'),
            before: z.unknown().optional(),
            after: z.unknown().optional(),
          }),
        )
        .describe('What it changed of the case, besides its revision; what was not there, or is no more, is left out'),
    }),
  ),
});

export const caseEventsSchema = z.strictObject({ events: z.array(recordedEventSchema('case')) });
