import { z } from 'zod';
import { idOf, oneOf } from '../kernel/codes.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { EXPUNGED, expungedOf } from '../kernel/expunged.ts';
import type { RegisterEvent } from '../kernel/register.ts';
import { officeSchema } from '../kernel/sides.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { plainDateSchema } from '../kernel/time.ts';

/** What one office asks another for. */
export const REQUEST_KINDS = [
  'information',
  /** Where a person is. */
  'location',
  /** Whether a person is a citizen of the side that is asked. */
  'citizenship-verification',
  'evidence',
  'assistance',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const requestKindSchema = oneOf(REQUEST_KINDS);

export const urgencySchema = z.enum(['routine', 'urgent', 'most-urgent'], {
  error: 'expected one of: routine, urgent, most-urgent',
});
export type Urgency = z.infer<typeof urgencySchema>;

/** How a request ended; which outcomes suit which kind is said in `kind.ts`. */
export const OUTCOMES = [
  'answered',
  'found',
  'not-found',
  'confirmed',
  'denied',
  'inconclusive',
  'carried-out',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why an office does not answer. */
const REASONS_TO_DECLINE = [
  'outside-competence',
  'own-law',
  'insufficient-information',
  'disproportionate',
  'ongoing-investigation',
  'other',
] as const;
export type ReasonToDecline = (typeof REASONS_TO_DECLINE)[number];

export const caseId = idOf('a case');

/** What a request is opened with. What is asked names persons, so it is sealed. */
export const opening = {
  type: 'requested',
  open: {
    kind: requestKindSchema,
    addressee: officeSchema.describe('The office that is asked'),
    urgency: urgencySchema,
    handling: z
      .enum(['for-police-use', 'not-to-be-forwarded', 'not-as-evidence', 'confidential'])
      .optional()
      .describe('How the answer and the request are to be handled'),
    dueOn: plainDateSchema.optional().describe('The day by which an answer is asked for'),
    protected: z
      .boolean()
      .optional()
      .describe('It concerns a victim or a detained person: only the role `protection` reads what is sealed'),
    cases: z.array(caseId).max(50).optional().describe('Cases that it is about'),
  },
  sealed: {
    number: lineSchema(80).optional().describe('The number under which the asking office keeps it'),
    question: textSchema(8000).describe('What is asked, and about whom'),
    urgencyReason: textSchema(1000).optional().describe('Required where the request is urgent'),
  },
};

export type Handling = NonNullable<z.infer<typeof opening.open.handling>>;

export const events: Readonly<Record<string, RegisterEvent>> = {
  acknowledged: {
    shape: eventShape(
      {},
      { theirNumber: lineSchema(80).optional().describe('The number under which the addressee keeps it') },
    ),
    effect: 'sets',
  },
  reminded: { shape: eventShape({}, {}), effect: { addsTo: 'reminders' } },
  'due-date-extended': {
    shape: eventShape({ dueOn: plainDateSchema }, { extensionReason: textSchema(1000) }),
    effect: 'sets',
  },
  'interim-replied': { shape: eventShape({}, { text: textSchema(8000) }), effect: { addsTo: 'interimReplies' } },
  replied: {
    shape: eventShape({ outcome: z.enum(OUTCOMES) }, { answer: textSchema(8000).optional() }),
    effect: 'sets',
  },
  declined: {
    shape: eventShape({ declinedFor: z.enum(REASONS_TO_DECLINE) }, { declineReason: textSchema(2000) }),
    effect: 'sets',
  },
  lapsed: { shape: eventShape({}, {}), effect: 'none' },
  withdrawn: { shape: eventShape({}, { withdrawalReason: textSchema(1000).optional() }), effect: 'sets' },
  [EXPUNGED]: expungedOf(['person']),
  'led-to-case': { shape: eventShape({ case: caseId }, {}), effect: { addsTo: 'ledTo' } },
};
