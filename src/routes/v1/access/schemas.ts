import { z } from 'zod';
import { ACCESS_PURPOSES } from '../../../../domain/access/purposes.ts';
import { ACCESS_OUTCOMES, ACCESS_PARTS, AT_THE_COMMAND_LINE } from '../../../../domain/access/record.ts';
import { idOf, oneOf } from '../../../../domain/kernel/codes.ts';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import { officeSchema, sideSchema } from '../../../../domain/kernel/sides.ts';
import { textSchema } from '../../../../domain/kernel/text.ts';
import { instantSchema, plainDateSchema } from '../../../../domain/kernel/time.ts';
import { createCursor } from '../../../http/cursor.ts';
import { limitSchema, oneOrMore } from '../../../http/query.ts';
import { zoneSchema } from '../../../http/times.ts';
import { eventProofSchema } from '../../../transparency/proof-documents.ts';
import { labelsSchema } from '../labels.ts';

export const accessCursor = createCursor(
  'access records',
  z.strictObject({ at: instantSchema, position: z.string(), place: z.int() }),
);

export const accessQuerySchema = z
  .strictObject({
    case: idOf('a case').optional().describe('Of which something was read'),
    record: idOf('a record').optional().describe('The same, of a record of whatever kind'),
    subject: textSchema(200).optional().describe('The account that read'),
    office: officeSchema.optional().describe('Of the account'),
    role: oneOrMore(oneOf([...ROLES, AT_THE_COMMAND_LINE])).optional(),
    part: oneOrMore(oneOf(ACCESS_PARTS)).optional().describe('What was read'),
    outcome: oneOrMore(oneOf(ACCESS_OUTCOMES)).optional(),
    purpose: oneOrMore(oneOf(ACCESS_PURPOSES)).optional(),
    from: plainDateSchema.optional().describe('First day'),
    to: plainDateSchema.optional().describe('Last day, included'),
    zone: zoneSchema,
    limit: limitSchema,
    cursor: accessCursor.schema.optional(),
  })
  .refine((query) => query.case === undefined || query.record === undefined, {
    path: ['record'],
    error: 'expected either case or record, not both',
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'expected a date that is not before `from`',
  });

const accessedSchema = z.strictObject({
  category: z.string().describe('The kind of record'),
  id: z.uuid(),
  revision: z.int().optional().describe('The record was shown as it stood after this event'),
  labels: labelsSchema,
});

export const accessRecordSchema = z.strictObject({
  id: z.uuid(),
  at: instantSchema,
  by: z.strictObject({
    subject: z.string().describe('The account; at the command line the user of the system'),
    office: officeSchema.optional(),
    side: sideSchema,
    role: z.string(),
  }),
  part: z.enum(ACCESS_PARTS).describe('What was read'),
  outcome: z.enum(ACCESS_OUTCOMES),
  records: z.array(accessedSchema).describe('Of which; none where a search found nobody, and of `everything`'),
  searchedBy: z.array(z.string()).optional().describe('What was searched by; not for whom'),
  purpose: z.enum(ACCESS_PURPOSES).optional(),
  reference: z.string().optional().describe('As it was given with the purpose'),
  operation: z.string().describe('The operation of this interface, or the command of the command line'),
  requestId: z.string().optional().describe('The request, as `X-Request-Id` and the log of the service name it'),
  labels: labelsSchema,
});

/** The proof that a record is in the signed tree of access records. */
export const accessProofSchema = eventProofSchema.extend({
  event: z
    .strictObject({ data: z.string(), metadata: z.string() })
    .describe('JSON text as the log has it; the record is one of its `records`. `leaf` has the salted hashes of both'),
});

export const accessRecordsSchema = z.strictObject({ records: z.array(accessRecordSchema) });
