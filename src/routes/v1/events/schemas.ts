import { z } from 'zod';
import { caseEvents } from '../../../../domain/case/events.ts';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import { oneOrMore, positionSchema } from '../../../http/query.ts';

const eventTypes = Object.keys(caseEvents) as [string, ...string[]];

export const feedQuerySchema = z.strictObject({
  after: positionSchema.optional().describe('Events after this position; left out: from the beginning'),
  case: z.uuid({ error: 'expected the id of a case' }).toLowerCase().optional(),
  type: oneOrMore(
    z.enum(eventTypes, { error: `expected event types, such as ${eventTypes.slice(0, 3).join(', ')}` }),
  ).optional(),
  kind: oneOrMore(z.enum(CASE_KINDS, { error: `expected one of: ${CASE_KINDS.join(', ')}` })).optional(),
});

/** CloudEvents 1.0 in JSON format, https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md */
export const cloudEventSchema = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string().describe('`handover-ledger.case.` and the type of the event'),
  subject: z.uuid().describe('The id of the case'),
  time: z.iso.datetime().describe('When it was recorded'),
  datacontenttype: z.literal('application/json'),
  position: z.string().describe('The place in the log, for `after`, `Last-Event-ID` and `Min-Event-Position`'),
  revision: z.int().describe('The number in its case'),
  data: z.looseObject({}).describe('What happened, without what identifies the person'),
});
