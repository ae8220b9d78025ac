import { z } from 'zod';
import { handoverDateSchema } from '../kernel/handover-date.ts';
import { statesOf } from '../kernel/lifecycle.ts';
import { officeSchema, sideSchema } from '../kernel/sides.ts';
import { occurredAtSchema, plainDateSchema } from '../kernel/time.ts';
import { CASE_KINDS } from '../reference/case-kinds.ts';
import { legalBasisSchema, passCodeSchema, refusalGroundSchema } from '../reference/codes.ts';
import { DIRECTIONS } from '../reference/sides.ts';
import { caseDatesSchema } from './dates.ts';
import { caseEvents, HANDOVER_FIELDS } from './events.ts';
import { AGREEMENTS, agreementOf } from './handover-lines.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import type { CaseStatus } from './lifecycles/vocabulary.ts';
import { particularsOfCaseSchema } from './particulars.ts';
import type { CaseState, HandoverLine } from './state.ts';

/**
 * The shape in which a case is shown, without its person: after a command, in a list, by itself. Whoever changes it gives the
 * next number, so that no copy of the old shape passes for the new one.
 */
export const CASE_DOCUMENT_VERSION = 3;

/** Every status in which a case can be seen. No row of a table leads to `annulled`; see `CaseStatus`. */
export const CASE_STATUSES = [
  ...new Set<CaseStatus>([...Object.values(caseLifecycles).flatMap((lifecycle) => statesOf(lifecycle)), 'annulled']),
].filter((status) => status !== 'not-opened') as [CaseStatus, ...CaseStatus[]];

const particulars = particularsOfCaseSchema.shape;

const safeguardsSchema = z.strictObject({
  protectionCheck: caseEvents['protection-check-recorded'].open.shape.outcome.optional(),
  guardianAppointed: z.boolean(),
  fitToTravel: z.boolean().optional(),
  consents: z.array(caseEvents['consent-withdrawn'].open.shape.of).readonly(),
  risk: caseEvents['risk-assessed'].open.shape.outcome.optional(),
});

const handoverLineSchema = z
  .strictObject({
    eventId: z.uuid(),
    handoverDate: handoverDateSchema,
    occurredAt: occurredAtSchema,
    pass: passCodeSchema.optional(),
    minutes: z.uuid().optional().describe('The minutes for many persons in which it stands'),
    statedBy: sideSchema.describe('Whose word it is'),
    office: officeSchema.describe('The office whose word it is'),
    agreement: z.enum(AGREEMENTS).describe("How the two sides' words go together"),
    differsIn: z.array(z.enum(HANDOVER_FIELDS)).readonly().optional().describe('What the other side has otherwise'),
  })
  .describe("One person's line in one handover");

const handoverLineDocument = ({ otherWords, ...line }: HandoverLine): z.infer<typeof handoverLineSchema> => {
  const otherWord = otherWords.at(-1);
  return {
    ...line,
    agreement: agreementOf(otherWord),
    ...(otherWord !== undefined && otherWord.differsIn.length > 0 && { differsIn: otherWord.differsIn }),
  };
};

export const caseDocumentSchema = z.strictObject({
  id: z.uuid(),
  revision: z.int().min(0).describe('Number of the last event that is taken into account; the first has 0'),
  kind: z.enum(CASE_KINDS),
  status: z.enum(CASE_STATUSES),
  since: occurredAtSchema.describe('When what gave the case its status happened'),
  direction: z.enum(DIRECTIONS.map(({ code }) => code)).describe('The delivering side first'),
  requestingParty: sideSchema,
  deliveringParty: sideSchema,
  receivingParty: sideSchema,
  minor: particulars.minor,
  offences: particulars.offences,
  warrant: particulars.warrant,
  incident: particulars.incident,
  office: officeSchema.describe('The office that opened the case'),
  sharedWith: z.array(officeSchema).readonly(),
  openedAt: occurredAtSchema,
  dates: caseDatesSchema,
  legalBasis: legalBasisSchema.optional(),
  safeguards: safeguardsSchema,
  agreedHandover: z.strictObject({ date: plainDateSchema, pass: passCodeSchema.optional() }).optional(),
  returnDue: plainDateSchema.optional().describe('Of a temporary surrender'),
  refusalGrounds: z.array(refusalGroundSchema).readonly().optional(),
  mergedInto: z.uuid().optional(),
  expunged: z.literal(true).optional().describe('All that identifies the person was erased by order'),
  handovers: z.array(handoverLineSchema).readonly(),
});

export type CaseDocument = z.infer<typeof caseDocumentSchema>;

/** The case at a revision as it is shown. What is not known is left out. */
export const caseDocument = (caseId: string, revision: number, state: CaseState): CaseDocument =>
  ({
    id: caseId,
    revision,
    kind: state.kind,
    status: state.standing.state as CaseDocument['status'],
    since: state.since,
    direction: state.direction,
    requestingParty: state.requestingParty,
    deliveringParty: state.deliveringParty,
    receivingParty: state.receivingParty,
    minor: state.minor,
    offences: state.offences,
    warrant: state.warrant,
    incident: state.incident,
    office: state.office,
    sharedWith: state.sharedWith,
    openedAt: state.openedAt,
    dates: state.dates,
    legalBasis: state.legalBasis,
    safeguards: {
      protectionCheck: state.protectionCheck,
      guardianAppointed: state.guardianAppointed,
      fitToTravel: state.fitToTravel,
      consents: state.consents,
      risk: state.risk,
    },
    agreedHandover: state.agreedHandover,
    returnDue: state.returnDue,
    refusalGrounds: state.refusalGrounds,
    mergedInto: state.mergedInto,
    expunged: state.expunged,
    handovers: state.handovers.map(handoverLineDocument),
  }) as CaseDocument;
