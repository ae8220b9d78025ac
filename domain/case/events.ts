import { z } from 'zod';
import { idOf, oneOf } from '../kernel/codes.ts';
import { type EventOf, eventShape as event, revisingShapes } from '../kernel/event-shapes.ts';
import { handoverDateSchema } from '../kernel/handover-date.ts';
import type { REVISING_TYPES } from '../kernel/history.ts';
import { officeSchema, sideSchema } from '../kernel/sides.ts';
import { statedBySchema } from '../kernel/stated-by.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { plainDateSchema } from '../kernel/time.ts';
import { particularsSchema, personSchema } from '../person/person.ts';
import { CASE_KINDS } from '../reference/case-kinds.ts';
import { legalBasisSchema, passCodeSchema, provinceCodeSchema, refusalGroundSchema } from '../reference/codes.ts';
import { ERASED_PARTS } from './erased-parts.ts';
import { incidentSchema, particularsOfCaseSchema } from './particulars.ts';

/** An event that can open a case: `case` is there when it does, and only then. */
const opening = {
  open: { case: particularsOfCaseSchema.optional() },
  sealed: {
    person: personSchema.optional(),
    caseNumbers: z
      .array(z.strictObject({ side: sideSchema, number: lineSchema(80) }))
      .max(10)
      .optional(),
    warrantNumber: lineSchema(80).optional(),
  },
};

const legalBasis = { legalBasis: legalBasisSchema };

/** A place where persons are handed over: a pass by its code, or any other place in words (`place`). */
const pass = { pass: passCodeSchema.optional() };

const signatory = z.strictObject({ side: sideSchema, name: lineSchema(200), office: lineSchema(200).optional() });
const minutes = {
  minutes: z
    .strictObject({ number: lineSchema(80).optional(), signatories: z.array(signatory).max(10).optional() })
    .optional(),
};

/** Given by the ledger alone, where minutes for many persons hand this one over. */
const inMinutes = {
  handover: z.uuid().optional().describe('The minutes for many persons in which it stands; given by the ledger itself'),
};

/** What the side that gives its word of a handover has of it, where it says so. */
const inOwnBook = {
  inOwnBook: z
    .strictObject({ handoverDate: handoverDateSchema.optional(), ...pass })
    .optional()
    .describe('Date and pass of the handover in the book of the side that says this'),
};

/** What two sides' words of one handover can differ in. */
export const HANDOVER_FIELDS = ['person', 'handover-date', 'pass'] as const;

const handover = event(
  { handoverDate: handoverDateSchema, ...pass, legalBasis: legalBasisSchema.optional(), ...inMinutes },
  { ...minutes, property: textSchema(2000).optional(), medicine: textSchema(2000).optional() },
);

/** Why a person was not handed over at the line. */
export const HANDOVER_REFUSED_FOR = [
  'no-show',
  'documents-missing',
  'identity-in-doubt',
  'unfit-to-travel',
  'other',
] as const;

const plain = event({}, {});
const consent = event({ givenOn: plainDateSchema.optional() }, { document: textSchema(200).optional() });

const reason = { reason: textSchema(1000) };
const aCaseId = idOf('a case');

/** On what two cases are held to be of one person, or of two. */
export const identityBasisSchema = z.enum([
  'document',
  'fingerprints',
  'dna',
  'photograph',
  'statement',
  'other-side',
  'other',
]);

/** As what a case goes on. No request and no consent of a sentenced person stands in another case. */
const anotherKind = z.strictObject({
  kind: z.enum(CASE_KINDS).exclude(['sentenced-person']),
  warrant: particularsOfCaseSchema.shape.warrant,
  warrantNumber: opening.sealed.warrantNumber,
  offences: particularsOfCaseSchema.shape.offences,
  statedBy: statedBySchema
    .optional()
    .describe('Whose word the first event of the other case is, where not that of this event'),
});

/**
 * Which case it is says who a person is to those who know the other one, so it is sealed; the event itself is named where it is taken
 * back.
 */
const anotherCase = event({ basis: identityBasisSchema }, { otherCase: aCaseId, ...reason });

/**
 * Every event of a case: its stored name, what of its data is open, and what is sealed.
 *
 * Open is only what rules and counts need: kinds, sides, codes, dates of handovers, whether the person is a minor. Stored names and
 * fields never change; see `upcast.ts`.
 */
export const caseEvents = {
  // How a case begins
  reported: event(opening.open, opening.sealed),
  captured: event(
    { ...opening.open, provisional: z.boolean().optional(), province: provinceCodeSchema.optional() },
    opening.sealed,
  ),
  found: event({ ...opening.open, province: provinceCodeSchema.optional() }, opening.sealed),
  'identified-as-victim': event(opening.open, opening.sealed),
  'transfer-requested': event(opening.open, opening.sealed),

  // Search and custody
  located: event({ province: provinceCodeSchema.optional() }, {}),
  'surrendered-voluntarily': plain,
  'returned-voluntarily': plain,
  escaped: plain,
  recaptured: plain,
  released: event(
    {
      cause: z.enum([
        'no-formal-request',
        'not-collected',
        'refused',
        'request-withdrawn',
        'not-the-person',
        'sentence-served',
        /** Of a person held by private persons. */
        'freed-by-detainers',
        'other',
      ]),
    },
    {},
  ),
  /** How far is left out where the law says by how many days. */
  'provisional-arrest-extended': event({ until: plainDateSchema.optional() }, reason),
  rescued: event({ province: provinceCodeSchema.optional() }, {}),
  'taken-into-care': event({}, { service: textSchema(200).optional() }),
  'left-care': plain,

  // Who the person is
  'identity-verified': event(
    { method: z.enum(['fingerprints', 'document', 'photograph', 'dna', 'interview', 'other']).optional() },
    {},
  ),
  'mistaken-identity': plain,
  'identity-misused': plain,
  'nationality-verified': event({ nationality: sideSchema.optional() }, {}),
  'nationality-denied': plain,
  'nationality-inconclusive': plain,
  'particulars-recorded': event({}, { particulars: particularsSchema }),
  /** Two true cases of one person; the same case recorded twice is `merged`. */
  'linked-to-person-of': anotherCase,
  'unlinked-from-person-of': event({ link: idOf('the event that linked') }, reason),
  'found-not-same-person': anotherCase,
  'case-number-recorded': event({}, { side: sideSchema, number: lineSchema(80) }),

  // Safeguards
  'protection-check-recorded': event(
    {
      outcome: z.enum(['no-bar', 'bar']).describe('Whether anything bars the removal'),
      considered: z
        .array(z.enum(['torture-risk', 'asylum-claim', 'age', 'trafficking-indicators', 'health', 'family']))
        .min(1),
      decidedOn: plainDateSchema,
    },
    { decidedBy: lineSchema(200), basis: textSchema(2000) },
  ),
  'guardian-appointed': event({}, { guardian: lineSchema(300) }),
  'consular-notified': event({ notifiedOn: plainDateSchema.optional() }, {}),
  'interpreter-assigned': event(
    {
      language: z
        .string()
        .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/, { error: 'expected a BCP 47 tag such as vi, zh-Hans or en' }),
    },
    {},
  ),
  'fitness-to-travel-certified': event({ fit: z.boolean() }, { physician: textSchema(200).optional() }),
  'assurance-given': event(
    { subject: z.enum(['death-penalty', 'speciality', 'retrial', 'humane-treatment', 'other']) },
    { reference: textSchema(200) },
  ),
  'risk-assessed': event(
    { outcome: z.enum(['safe-to-return', 'not-safe-to-return']) },
    { assessedBy: textSchema(200).optional() },
  ),

  // Consents
  'victim-consented': consent,
  'sentencing-party-consented': consent,
  'administering-party-consented': consent,
  'person-consented': consent,
  'consent-withdrawn': event({ of: z.enum(['victim', 'sentencing-party', 'administering-party', 'person']) }, {}),

  // Requests and decisions
  'surrender-requested': event({}, { reference: textSchema(200).optional() }),
  'transfer-approved': event(legalBasis, {}),
  'return-ordered': event(legalBasis, {}),
  'handover-agreed': event({ agreedDate: plainDateSchema, ...pass }, {}),
  refused: event({ grounds: z.array(refusalGroundSchema).min(1) }, {}),
  postponed: event({ until: plainDateSchema.optional() }, {}),
  resumed: plain,
  'warrant-withdrawn': plain,
  'request-withdrawn': plain,
  'repatriation-declined': plain,

  // Transfer and handover
  transferred: event({ ...pass, legalBasis: legalBasisSchema.optional() }, {}),
  'handed-over-at-border-pass': handover,
  'repatriated-at-border-pass': handover,
  'temporarily-surrendered': event(
    { handoverDate: handoverDateSchema, returnDue: plainDateSchema, ...pass, legalBasis: legalBasisSchema.optional() },
    minutes,
  ),
  'returned-from-temporary-surrender': event({ handoverDate: handoverDateSchema, ...pass }, minutes),
  'collection-extended': event({ until: plainDateSchema }, reason),
  'not-collected': event({ agreedDate: plainDateSchema }, {}),
  'handover-refused': event({ cause: z.enum(HANDOVER_REFUSED_FOR), ...inMinutes }, {}),
  'receipt-acknowledged': event({ receivedOn: plainDateSchema.optional(), ...inOwnBook, ...inMinutes }, minutes),
  'delivery-confirmed': event({ ...inOwnBook, ...inMinutes }, minutes),
  'handover-disputed': event(
    {
      differsIn: z
        .array(oneOf(HANDOVER_FIELDS))
        .min(1)
        .max(HANDOVER_FIELDS.length)
        .refine((fields) => new Set(fields).size === fields.length, { error: 'expected each once' }),
      ...inOwnBook,
      ...inMinutes,
    },
    minutes,
  ),
  'received-by-service': event({}, { service: textSchema(200).optional() }),
  'completion-reported': event({ outcome: z.enum(['served', 'pardoned', 'commuted', 'escaped', 'died']) }, {}),

  // The case itself
  'incident-assigned': event({ incident: incidentSchema }, {}),
  'shared-with': event({ offices: z.array(officeSchema).min(1).max(50) }, {}),
  died: plain,
  closed: plain,
  reopened: event({}, reason),
  /** The name tells nobody that the person is a victim, nor does what is open. */
  'continued-as-another-case': event({}, { as: anotherKind, ...reason }),
  /** As long as one stands nothing of the person is erased. */
  'legal-hold-placed': event({}, { reference: lineSchema(80).describe('Of the order'), ...reason }),
  'legal-hold-lifted': event({ hold: idOf('the event that placed the hold') }, reason),
  /** Recorded by the ledger, by an order that stands in a record of its own (`erasure`). */
  expunged: event({ erasure: idOf('an erasure'), part: oneOf(ERASED_PARTS) }, {}),
  merged: event({ into: aCaseId }, reason),
  unmerged: event({}, reason),

  ...revisingShapes,
} as const;

export type CaseEventType = keyof typeof caseEvents;

export type CaseEvent = EventOf<typeof caseEvents>;

export type CaseEventOf<T extends CaseEventType> = Extract<CaseEvent, { type: T }>;

/** The events that tell what happened to the person, without those that put the record right. */
export type OrdinaryEventType = Exclude<CaseEventType, (typeof REVISING_TYPES)[number]>;
export type OrdinaryCaseEvent = CaseEventOf<OrdinaryEventType>;

/** The handovers that are counted. A temporary surrender and its return are not: they count in neither direction. */
export const COUNTED_HANDOVERS = [
  'handed-over-at-border-pass',
  'repatriated-at-border-pass',
] as const satisfies CaseEventType[];
