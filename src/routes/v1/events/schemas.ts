import { z } from 'zod';
import { idOf, oneOf } from '../../../../domain/kernel/codes.ts';
import { officeSchema } from '../../../../domain/kernel/sides.ts';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import { STREAM_KINDS } from '../../../../domain/stream-kinds.ts';
import { oneOrMore, positionSchema } from '../../../http/query.ts';

const eventTypes = [...new Set(STREAM_KINDS.flatMap(({ rules }) => Object.keys(rules.shapes)))] as [
  string,
  ...string[],
];
const categories = STREAM_KINDS.map(({ category }) => category) as [string, ...string[]];

export const feedQuerySchema = z.strictObject({
  after: positionSchema.optional().describe('Events after this position; left out: from the beginning'),
  category: oneOrMore(oneOf(categories)).optional().describe('Of which kind of record'),
  case: idOf('a case').optional(),
  record: idOf('a record').optional().describe('Of whatever kind'),
  type: oneOrMore(
    z.enum(eventTypes, {
      error: `expected types of events as /v1/lifecycles lists them, such as ${eventTypes.slice(0, 3).join(', ')}`,
    }),
  ).optional(),
  office: oneOrMore(officeSchema)
    .optional()
    .describe(
      'What concerns an office: of the records that it sees. For ministries and auditors, who see those of many',
    ),
  kind: oneOrMore(oneOf(CASE_KINDS)).optional(),
});

/** CloudEvents 1.0 in JSON format, https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md */
export const cloudEventSchema = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z
    .string()
    .describe(
      '`handover-ledger.`, the kind of record, and the type of the event, such as `handover-ledger.case.captured`',
    ),
  subject: z.uuid().describe('The id of the record'),
  time: z.iso.datetime().describe('When it was recorded'),
  datacontenttype: z.literal('application/json'),
  position: z.string().describe('The place in the log, for `after`, `Last-Event-ID` and `Min-Event-Position`'),
  revision: z.int().describe('The number in its record'),
  data: z.looseObject({}).describe('What happened, without what is sealed'),
});
