import { LEDGER_ITSELF } from '../kernel/access.ts';
import { handoverDays, spanOfHandover } from '../kernel/handover-date.ts';
import type { DateInEvent } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { daysOfOccurrence, overlap, spanOf } from '../kernel/time.ts';
import { passDuring } from '../reference/border-passes.ts';
import { basesOf } from '../reference/legal-bases.ts';
import { provinceDuring } from '../reference/provinces.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** What must hold of every event of a case, whatever its row. */
export const checkCaseEvent = (state: CaseState, event: EffectiveCaseEvent): readonly (Refusal | undefined)[] => [
  handoverDateAgrees(event),
  minutesByLedger(event),
  ...referencesValid(state, event),
];

/** Dates in an event's data of what had been done when it happened. */
const DATES_BEFORE = ['decidedOn', 'givenOn', 'notifiedOn', 'receivedOn'];

export const datesBefore = (event: EffectiveCaseEvent): readonly DateInEvent[] => {
  const data = event.data as Readonly<Record<string, string | undefined>>;
  const opened = 'case' in event.data ? event.data.case : undefined;
  return [
    { pointer: '/warrant/issuedOn', time: opened?.warrant?.issuedOn },
    { pointer: '/data/as/warrant/issuedOn', time: 'as' in event.data ? event.data.as?.warrant?.issuedOn : undefined },
    ...DATES_BEFORE.map((field) => ({ pointer: `/data/${field}`, time: data[field] })),
  ];
};

/** The date in the minutes and the time of the event speak of the same day, on one side of the border or the other. */
const handoverDateAgrees = (event: EffectiveCaseEvent): Refusal | undefined => {
  if (!('handoverDate' in event.data)) return undefined;
  const { handoverDate } = event.data;
  if (overlap(spanOfHandover(handoverDate), spanOf(event.occurredAt))) return undefined;
  return {
    code: 'times-out-of-order',
    message: `the date in the minutes (${handoverDate}) does not go with the time of the handover (${event.occurredAt})`,
    pointer: '/data/handoverDate',
  };
};

/** Which minutes hand a person over is said by the minutes. */
const minutesByLedger = ({ data, recordedBy }: EffectiveCaseEvent): Refusal | undefined =>
  'handover' in data && data.handover !== undefined && recordedBy.role !== LEDGER_ITSELF
    ? {
        code: 'invalid',
        message: 'is given by the ledger itself: sign minutes for many persons by POST /v1/handovers',
        pointer: '/data/handover',
      }
    : undefined;

/** The pass and the province that an event names are valid on the day that it speaks of, and its legal basis for the kind of case. */
const referencesValid = ({ kind }: CaseState, event: EffectiveCaseEvent): readonly (Refusal | undefined)[] => {
  const { pass, province, legalBasis, handoverDate, agreedDate } = event.data as Readonly<
    Record<string, string | undefined>
  >;
  const occurred = daysOfOccurrence(event.occurredAt);
  const handover = handoverDate ?? agreedDate;
  const notValid = (field: string, message: string): Refusal => ({
    code: 'reference-not-valid',
    message,
    pointer: `/data/${field}`,
  });
  const passFound =
    pass === undefined ? undefined : passDuring(pass, handover === undefined ? occurred : handoverDays(handover));
  const provinceFound = province === undefined ? undefined : provinceDuring(province, occurred);
  const suitable: readonly string[] = basesOf(kind);
  return [
    passFound?.ok === false ? notValid('pass', passFound.error.message) : undefined,
    provinceFound?.ok === false ? notValid('province', provinceFound.error.message) : undefined,
    legalBasis === undefined || suitable.includes(legalBasis)
      ? undefined
      : notValid(
          'legalBasis',
          `${legalBasis} is no legal basis of a removal in a ${kind} case; such are: ${suitable.join(', ')}`,
        ),
  ];
};
