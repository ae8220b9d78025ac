import { z } from 'zod';
import { passCodeSchema } from '../../../../domain/case/codes.ts';
import { CASE_KINDS } from '../../../../domain/case/kinds.ts';
import { handoverDateSchema } from '../../../../domain/kernel/handover-date.ts';
import { DIRECTIONS } from '../../../../domain/reference/sides.ts';
import { YEARLY_GROUPS } from '../../../../projections/handovers/query.ts';
import { cursorSchema } from '../../../http/cursor.ts';
import { asOfSchema, limitSchema, oneOrMore, zoneSchema } from '../../../http/query.ts';

const directions = DIRECTIONS.map(({ code }) => code);
const directionSchema = z.enum(directions, { error: `expected the delivering side first: ${directions.join(' or ')}` });
const kindSchema = z.enum(CASE_KINDS, { error: `expected one of: ${CASE_KINDS.join(', ')}` });
const groupSchema = z.enum(YEARLY_GROUPS, { error: `expected one or several of: ${YEARLY_GROUPS.join(', ')}` });

const yearSchema = z.coerce
  .number({ error: 'expected a year such as 2017' })
  .int({ error: 'expected a year such as 2017' })
  .min(1949, { error: 'expected a year from 1949' })
  .max(9999, { error: 'expected a year of four digits' });

const counted = {
  kind: oneOrMore(kindSchema).optional(),
  pass: oneOrMore(passCodeSchema).optional(),
  asOf: asOfSchema.optional(),
  zone: zoneSchema,
};

export const yearlyQuerySchema = z
  .strictObject({
    from: yearSchema.optional().describe('First year'),
    to: yearSchema.optional().describe('Last year, included'),
    direction: oneOrMore(directionSchema).optional(),
    ...counted,
    groupBy: oneOrMore(groupSchema).default(['year', 'direction', 'kind']),
    format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'expected a year that is not before `from`',
  });

/** A line of a figure, without its case: for counts that every role reads. */
const datedLine = z.strictObject({
  eventId: z.uuid(),
  handoverDate: handoverDateSchema,
  direction: directionSchema,
  kind: kindSchema,
  pass: passCodeSchema.nullable(),
});

export const yearlySchema = z.strictObject({
  asOf: z.string().nullable().describe('As it was asked for; null: as known now'),
  rows: z.array(
    z.strictObject({
      year: z.int().optional(),
      direction: directionSchema.optional(),
      kind: kindSchema.optional(),
      pass: passCodeSchema.nullable().optional(),
      persons: z.int().describe("Persons' lines in handovers: handed over again after an escape counts again"),
      incidents: z.int(),
    }),
  ),
  openYear: z.array(datedLine).describe('Handovers whose date leaves the year open: in no row'),
  newYearCases: z.array(datedLine).describe("Handovers that the two sides' books can put into different years"),
  notes: z.array(z.string()),
});

export const behindParamsSchema = z.object({ year: yearSchema, direction: directionSchema });

export const behindQuerySchema = z.strictObject({
  ...counted,
  limit: limitSchema,
  cursor: cursorSchema(z.int()).optional(),
});

export const behindSchema = z.strictObject({
  persons: z.int().describe('The figure'),
  withheld: z.int().describe('How many of its lines are of cases that your office does not see'),
  lines: z.array(
    z.strictObject({
      ...datedLine.shape,
      caseId: z.uuid(),
      incident: z.string(),
      countedFrom: z
        .strictObject({ eventId: z.uuid(), position: z.string() })
        .describe('The event from which on the line counts: the handover, or what put it right'),
      links: z.strictObject({ case: z.string(), events: z.string() }),
    }),
  ),
});
