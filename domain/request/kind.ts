import { BY_THE_LEDGER } from '../kernel/access.ts';
import { byTheLedger } from '../kernel/by-the-ledger.ts';
import type { Fields } from '../kernel/event.ts';
import { EXPUNGED, EXPUNGED_STANDS } from '../kernel/expunged.ts';
import type { EffectiveEvent, Guarded } from '../kernel/record.ts';
import { invalid, type Refusal } from '../kernel/refusal.ts';
import { createRegister, type RegisterState } from '../kernel/register.ts';
import { ministryOffice, officeSchema, officeSide } from '../kernel/sides.ts';
import { statingOffice } from '../kernel/stated-by.ts';
import { daysOfOccurrence } from '../kernel/time.ts';
import { caseId, events, type Outcome, opening, type RequestKind, requestKindSchema, urgencySchema } from './events.ts';
import { lifecycle } from './lifecycle.ts';

/** What rules look at of a request. */
interface Entries {
  readonly kind: RequestKind;
  readonly addressee: string;
  readonly handling?: string;
  readonly dueOn?: string;
  readonly cases?: readonly string[];
  readonly ledTo?: readonly { readonly case: string }[];
}

const entriesOf = ({ entries }: RegisterState): Entries => entries as unknown as Entries;

/** How each kind of request can be answered. */
const OUTCOMES_OF: Readonly<Record<RequestKind, readonly Outcome[]>> = {
  information: ['answered', 'inconclusive'],
  location: ['found', 'not-found', 'inconclusive'],
  'citizenship-verification': ['confirmed', 'denied', 'inconclusive'],
  evidence: ['answered', 'carried-out', 'not-found'],
  assistance: ['carried-out', 'answered'],
};

const outcomeSuits = (state: RegisterState, { type, data }: EffectiveEvent): Refusal | undefined => {
  if (type !== 'replied') return undefined;
  const { kind } = entriesOf(state);
  const outcomes: readonly string[] = OUTCOMES_OF[kind];
  return outcomes.includes(data.outcome as string)
    ? undefined
    : invalid(`a request for ${kind} is answered by one of: ${outcomes.join(', ')}`, '/data/outcome');
};

/** What is sealed is seen only as it comes in, so this is asked of an opening and of a correction, and never of a history. */
const SAY_WHY = 'say why it is urgent';

const urgencyHasReason = ({ urgency, urgencyReason }: Fields): Refusal | undefined =>
  urgency !== 'routine' && urgencyReason === undefined ? invalid(SAY_WHY, '/urgencyReason') : undefined;

/** Whoever could take the protection off would read what it protects. */
const keepsProtection = ({ type, data }: EffectiveEvent, changes: Fields): Refusal | undefined =>
  type === opening.type && data.protected === true && 'protected' in changes
    ? invalid('the protection of a request cannot be corrected away: annul it and ask anew', '/data/changes/protected')
    : undefined;

const keepsReason = ({ type, data }: EffectiveEvent, changes: Fields): Refusal | undefined => {
  if (type !== opening.type || (changes.urgency ?? data.urgency) === 'routine') return undefined;
  const isMissing = changes.urgencyReason === undefined && data.urgency === 'routine';
  return isMissing || changes.urgencyReason === null ? invalid(SAY_WHY, '/data/changes/urgencyReason') : undefined;
};

const dueInTime = (state: RegisterState, { type, occurredAt, data }: EffectiveEvent): Refusal | undefined => {
  if (typeof data.dueOn !== 'string') return undefined;
  const pointer = type === opening.type ? '/dueOn' : '/data/dueOn';
  const outOfOrder = (message: string): Refusal => ({ code: 'times-out-of-order', message, pointer });
  if (data.dueOn < daysOfOccurrence(occurredAt).first) {
    return outOfOrder(`${data.dueOn} is before ${occurredAt}, when this was asked`);
  }
  const { dueOn } = entriesOf(state);
  return type === 'due-date-extended' && dueOn !== undefined && data.dueOn <= dueOn
    ? outOfOrder(`${data.dueOn} is no extension: it is due on ${dueOn}`)
    : undefined;
};

const toAnotherOffice = ({ openedBy, entries }: RegisterState, { type }: EffectiveEvent): Refusal | undefined =>
  type === opening.type && entries.addressee === openedBy
    ? invalid('expected another office than the one that asks', '/addressee')
    : undefined;

const ROLE_OF = new Map(lifecycle.rows.map((row) => [row.event, row.by]));

/** An office answers, and asks, in its own name; the ministry of its side speaks for it, unless it is the other of the two. */
const inItsOwnName = ({ openedBy, entries }: RegisterState, event: EffectiveEvent): Refusal | undefined => {
  const role = ROLE_OF.get(event.type);
  if (event.type === opening.type || (role !== 'asking' && role !== 'asked')) return undefined;
  const asked = String(entries.addressee);
  const [office, counterpart] = role === 'asked' ? [asked, openedBy] : [openedBy, asked];
  const speaker = statingOffice(event);
  const side = officeSide(office);
  if (speaker === office || (side !== undefined && speaker === ministryOffice(side) && counterpart !== speaker)) {
    return undefined;
  }
  const message = `${event.type} is for ${office} to state, not for ${speaker}`;
  return { code: 'wrong-side', message, pointer: '/statedBy' };
};

/** Within one side an office speaks for itself: it would get round what is said of it by stating another's word. */
const forItself = (_state: RegisterState, { statedBy, recordedBy }: EffectiveEvent): Refusal | undefined => {
  if (statedBy === undefined || officeSide(statedBy.office) !== recordedBy.side) return undefined;
  const ministry = ministryOffice(recordedBy.side);
  return [statedBy.office, ministry].includes(recordedBy.office)
    ? undefined
    : {
        code: 'wrong-side',
        message: `${statedBy.office} records its own word: besides it only ${ministry} enters it`,
        pointer: '/statedBy/office',
      };
};

/** Of such a request only the one who asked lets others in. */
const KEPT_CLOSE = ['not-to-be-forwarded', 'confidential'];

const forwardedByAsker = (state: RegisterState, event: EffectiveEvent): Refusal | undefined => {
  const { handling } = entriesOf(state);
  if (event.type !== 'shared-with' || handling === undefined || !KEPT_CLOSE.includes(handling)) return undefined;
  return statingOffice(event) === state.openedBy
    ? undefined
    : { code: 'wrong-side', message: `it is ${handling}: only ${state.openedBy} may share it`, pointer: '/statedBy' };
};

const dueDateOver = ({ state, event }: Guarded<RegisterState, EffectiveEvent>): Refusal | undefined => {
  const { dueOn } = entriesOf(state);
  const outOfOrder = (message: string): Refusal => ({ code: 'times-out-of-order', message, pointer: '/occurredAt' });
  if (dueOn === undefined) return outOfOrder('a request without a due date does not lapse: withdraw it');
  // Where it is told what may come next, no time is given yet.
  const day = (event as Partial<EffectiveEvent>).occurredAt && daysOfOccurrence(event.occurredAt).last;
  return day !== undefined && day > dueOn ? undefined : outOfOrder(`it is due on ${dueOn}, and lapses after that day`);
};

/** Requests between offices: for information, the place of a person, citizenship, evidence, assistance. */
export const requests = createRegister({
  category: 'request',
  noun: 'request',
  plural: 'requests',
  opening,
  events,
  lifecycle,
  sidesOf: ({ openedBy, entries }, role) => {
    const side = officeSide(role === 'asking' ? openedBy : String(entries.addressee));
    return side === undefined ? [] : [side];
  },
  letIn: ({ addressee }) => [String(addressee)],
  names: { cases: 'case', case: 'case' },
  guards: { 'due-date-over': dueDateOver, [BY_THE_LEDGER]: byTheLedger },
  checkOpening: urgencyHasReason,
  kept: (_state, { type }) => (type === EXPUNGED ? EXPUNGED_STANDS : undefined),
  fixed: (event, changes) =>
    event.type === EXPUNGED
      ? invalid(EXPUNGED_STANDS, '/data/changes')
      : (keepsProtection(event, changes) ?? keepsReason(event, changes)),
  check: (state, event) => [
    outcomeSuits(state, event),
    dueInTime(state, event),
    toAnotherOffice(state, event),
    inItsOwnName(state, event),
    forItself(state, event),
    forwardedByAsker(state, event),
  ],
  maySeeSealed: ({ role }, entries) => entries.protected !== true || role === 'protection',
  filters: { kind: requestKindSchema, addressee: officeSchema, urgency: urgencySchema, case: caseId },
  references: (entries) => {
    const { kind, addressee, urgency, cases = [], ledTo = [] } = entries as unknown as Entries & { urgency: string };
    return {
      kind: [kind],
      addressee: [addressee],
      urgency: [urgency],
      case: [...cases, ...ledTo.map((entry) => entry.case)],
    };
  },
});
