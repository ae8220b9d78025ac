import { LEDGER_ITSELF } from '../kernel/access.ts';
import { openingsOf, rowsFor } from '../kernel/lifecycle.ts';
import type { Guard, OpenRecord } from '../kernel/record.ts';
import { missing, type Refusal } from '../kernel/refusal.ts';
import type { Side } from '../kernel/sides.ts';
import { statingSide } from '../kernel/stated-by.ts';
import { daysOfOccurrence } from '../kernel/time.ts';
import { isUnder18, type Person } from '../person/person.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import { CONTINUED, isProtected } from './access.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import { type Parties, sidesOf } from './parties.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';
import { wantedBy } from './wanted.ts';

/**
 * Somebody in a batch of returns, or a suspect, turns out to be wanted, a victim or unlawfully detained: their case ends, and the
 * ledger opens one of the right kind. As what it goes on, and why, is sealed, and from then on who the person of the case that ended
 * is, is for `protection` alone, whatever the other kind: neither the event nor what is hidden differs where it is a victim. Not hidden is
 * that the ledger opened a case, of its kind, at that time: whoever sees both cases can guess that they are one person's.
 */
export type ContinuedEvent = Extract<EffectiveCaseEvent, { type: 'continued-as-another-case' }>;

/** What can be asked while the command is decided; in the history as it is folded it is sealed. */
export const continuable: Guard<CaseState, EffectiveCaseEvent> = ({ state, event }) => {
  if (event.type !== 'continued-as-another-case' || event.data.as === undefined) return undefined;
  const { kind, warrant, statedBy = event.statedBy } = event.data.as;
  if (kind === state.kind) return unsuitable(`the case is of the kind ${kind} already`);
  if (isProtected(state.kind) && !isProtected(kind)) {
    return unsuitable(
      `a ${state.kind} case does not turn into one against its person: open a ${kind} case by itself, and link it here by linked-to-person-of`,
    );
  }
  const wanted = kind === 'fugitive' ? wantedBy(warrant, '/data/as/warrant') : undefined;
  return wanted ?? wordOfOpening(state, kind, statingSide({ ...event, statedBy }));
};

const unsuitable = (message: string): Refusal => ({ code: 'reference-not-valid', message, pointer: '/data/as/kind' });

const wordOfOpening = (state: CaseState, kind: CaseKind, stating: Side): Refusal | undefined => {
  const type = openingOf(kind);
  const rows = rowsFor(caseLifecycles[kind], caseLifecycles[kind].initial, type);
  const sides = rows.flatMap(({ by }) => sidesOf(partiesOf(state, kind), by));
  return sides.includes(stating)
    ? undefined
    : missing(
        `a ${kind} case begins with ${type}, which is for ${sides.join(' or ')} to state: ` +
          'give `statedBy` in `as` with an office of that side and its document',
        '/data/as/statedBy',
      );
};

/** Of a victim who was found the case begins with that. */
const openingOf = (kind: CaseKind): string => {
  const types = openingsOf(caseLifecycles[kind]);
  return types.find((type) => type === 'identified-as-victim') ?? (types[0] as string);
};

/** The side that has the person has them still: the direction stays, whoever requests in the other kind. */
const partiesOf = ({ deliveringParty, receivingParty }: Parties, kind: CaseKind): Parties => {
  const requestingParty = caseLifecycles[kind].deliveringParty === 'requesting' ? deliveringParty : receivingParty;
  return { requestingParty, deliveringParty, receivingParty };
};

/**
 * The command that opens the case as which one goes on, of the same person; `event` must have been unsealed. What rules ask of the one case
 * is not taken over into the other: it is checked anew. Nor is the incident, which stands in the open and by which the two could be
 * told to be one.
 */
export const continuation = (
  state: CaseState,
  { occurredAt, data: { as }, ...event }: ContinuedEvent,
  person: Person,
): OpenRecord | undefined => {
  if (as === undefined) return undefined;
  const { statedBy = event.statedBy, ...particulars } = as;
  const { requestingParty } = partiesOf(state, as.kind);
  const minor = isUnder18(person, daysOfOccurrence(occurredAt).last) ?? state.minor;
  return {
    name: 'open',
    type: openingOf(as.kind),
    occurredAt,
    statedBy,
    particulars: { ...particulars, requestingParty, minor, person },
    data: {},
  };
};

/** What was opened from a case stands on it, and cannot be opened from it a second time. */
export const keptCase = (
  { continued }: CaseState,
  { id, revision, recordedBy }: EffectiveCaseEvent,
): string | undefined => {
  if (revision === 0 && recordedBy.role === LEDGER_ITSELF) {
    return 'the ledger itself has opened this case, and will open no other in its place: say how it ended, or correct it';
  }
  if (continued === undefined) return undefined;
  if (id === continued.link) {
    return 'the ledger says with this as which case this one goes on: a link that is wrong is taken back by unlinked-from-person-of';
  }
  return id === continued.event || revision === 0
    ? 'this case goes on as another one, which the ledger has opened from it: what is wrong there is put right in that case'
    : undefined;
};

/** Where a case goes on as another, that one stands in its place. */
export const isContinued = ({ standing }: Pick<CaseState, 'standing'>): boolean => standing.state === CONTINUED;
