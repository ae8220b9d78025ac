import { BY_THE_LEDGER } from '../kernel/access.ts';
import { byTheLedger } from '../kernel/by-the-ledger.ts';
import type { Guard as KernelGuard } from '../kernel/record.ts';
import { missing, type Refusal } from '../kernel/refusal.ts';
import { statingSide } from '../kernel/stated-by.ts';
import { continuable, isContinued } from './continuing.ts';
import { extendsDeadline } from './extending.ts';
import { handoverOfWord, type WordOfHandover } from './handover-lines.ts';
import { namesAnotherCase } from './linking.ts';
import type { CaseState, ConsentGiver, EffectiveCaseEvent } from './state.ts';
import { wantedBy } from './wanted.ts';

type Guard = KernelGuard<CaseState, EffectiveCaseEvent>;

/** Where it is told what may come next, nobody speaks yet. */
const isTold = ({ recordedBy }: Partial<EffectiveCaseEvent>): boolean => recordedBy !== undefined;

const dataOf = (event: EffectiveCaseEvent): Readonly<Record<string, unknown>> => event.data;

const REQUIRED_CONSENTS: readonly ConsentGiver[] = ['sentencing-party', 'administering-party', 'person'];

const guardFunctions = {
  [BY_THE_LEDGER]: byTheLedger,

  warrant: ({ state }) => wantedBy(state.warrant, '/warrant'),

  'sentencing-party': ({ event }) =>
    'case' in event.data && event.data.case?.sentencingParty === undefined
      ? missing('say which side passed the judgment in `sentencingParty`: CN or VN', '/sentencingParty')
      : undefined,

  /** Every removal names its legal basis, at the latest in the event that removes. */
  'legal-basis': ({ state, event }) =>
    (dataOf(event).legalBasis ?? state.legalBasis) === undefined
      ? missing('a removal needs its legal basis: give `legalBasis`', '/data/legalBasis')
      : undefined,

  'protection-check': ({ state }) => {
    if (state.protectionCheck === 'no-bar') return undefined;
    return state.protectionCheck === 'bar'
      ? missing(
          'the protection check found a bar to the removal; record a new `protection-check-recorded` if that has changed',
        )
      : missing('no protection check is on record: record `protection-check-recorded` first (after an escape, anew)');
  },

  'guardian-of-minor': ({ state }) =>
    state.minor && !state.guardianAppointed
      ? missing('the person is a minor and has no guardian on record: record `guardian-appointed` first')
      : undefined,

  'three-consents': ({ state }) => {
    const lacking = REQUIRED_CONSENTS.filter((giver) => !state.consents.includes(giver));
    return lacking.length > 0
      ? missing(`a transfer needs three consents; these are not on record: ${lacking.map(consentEvent).join(', ')}`)
      : undefined;
  },

  'victim-consent': ({ state }) =>
    state.consents.includes('victim')
      ? undefined
      : missing('a victim is repatriated with their consent only: record `victim-consented` first'),

  'risk-assessment': ({ state }) => {
    if (state.risk === 'safe-to-return') return undefined;
    return state.risk === undefined
      ? missing('no risk assessment is on record: record `risk-assessed` first')
      : missing(
          'the risk assessment says that the return is not safe; record a new `risk-assessed` if that has changed',
        );
  },

  'consent-given': ({ state, event }) =>
    event.type === 'consent-withdrawn' && !state.consents.includes(event.data.of)
      ? missing(`this consent is not on record; on record are: ${state.consents.join(', ') || 'none'}`, '/data/of')
      : undefined,

  'fit-to-travel': ({ state }) =>
    state.fitToTravel === false
      ? missing(
          'the person was certified unfit to travel; record a new `fitness-to-travel-certified` if that has changed',
        )
      : undefined,

  /** A side confirms or disputes the word of the other, and not its own. */
  'word-of-the-other': ({ state, event }) => {
    const told = handoverOfWord(state.handovers, event as WordOfHandover);
    if (told === undefined) return missing('no handover that is counted is on record');
    return isTold(event) && told.statedBy === statingSide(event)
      ? missing(`the handover is the word of ${told.statedBy} itself: correct it, or annul it`, '/statedBy')
      : undefined;
  },

  'extendable-term': extendsDeadline,

  /** A duplicate is merged into another, standing case of the same kind and direction. */
  mergeable: ({ state, event, others = [] }) => {
    if (event.type !== 'merged') return undefined;
    const into = others.find(({ id }) => id === event.data.into)?.state as CaseState | undefined;
    if (into === undefined) return undefined;
    const unsuitable = (message: string): Refusal => ({ code: 'unsuitable-record', message, pointer: '/data/into' });
    if (into.mergedInto !== undefined) return unsuitable(`that case is itself merged into ${into.mergedInto}`);
    if (isContinued(into)) return unsuitable('that case goes on as another one');
    if (into.kind !== state.kind) return unsuitable(`that case is a ${into.kind} case, this one a ${state.kind} case`);
    return into.direction === state.direction
      ? undefined
      : unsuitable(`that case runs ${into.direction}, this one ${state.direction}`);
  },
  'another-case': namesAnotherCase,
  continuable,

  'hold-on-record': ({ state, event }) =>
    event.type === 'legal-hold-lifted' && event.data.hold !== undefined && !state.legalHolds.includes(event.data.hold)
      ? {
          code: 'no-such-event',
          message: `no legal hold of that event stands; these do: ${state.legalHolds.join(', ') || 'none'}`,
          pointer: '/data/hold',
        }
      : undefined,

  'link-on-record': ({ state, event }) =>
    event.type === 'unlinked-from-person-of' &&
    event.data.link !== undefined &&
    !state.personLinks.includes(event.data.link)
      ? {
          code: 'no-such-event',
          message: `no event of this case links its person so; these do: ${state.personLinks.join(', ') || 'none'}`,
          pointer: '/data/link',
        }
      : undefined,
} as const satisfies Record<string, Guard>;

const consentEvent = (giver: ConsentGiver): string => `${giver}-consented`;

export type GuardName = keyof typeof guardFunctions;

export const guards: Readonly<Record<GuardName, Guard>> = guardFunctions;
