import { handoverDays, spanOfHandover } from '../kernel/handover-date.ts';
import { rowsFrom } from '../kernel/lifecycle.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { daysOf, type Instant, overlap, spanOf } from '../kernel/time.ts';
import { passDuring } from '../reference/border-passes.ts';
import { basesOf } from '../reference/legal-bases.ts';
import { provinceDuring } from '../reference/provinces.ts';
import { evolve, openingState } from './evolve.ts';
import { type Guarded, guards } from './guards.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import { findRow, rowsFor, sidesOf, statingSide } from './rows.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';

/** Why an event cannot follow on a state; empty where it can. */
export const checkEvent = (guarded: Guarded, now: Instant): readonly Refusal[] => {
  const { state, event } = guarded;
  const row = findRow(state, event);
  if (row === undefined) return [noRow(state, event)];
  const refusals = [
    ...inTheFuture(event, now),
    timesInOrder(state, event),
    ...datesBeforeEvent(event),
    handoverDateAgrees(event),
    ...referencesValid(state, event),
    ...row.guards.map((name) => guards[name](guarded)),
  ];
  return refusals.filter((refusal) => refusal !== undefined);
};

/** An event that cannot have happened where it stands in a history, with the reasons. */
export interface Impossible {
  readonly event: EffectiveCaseEvent;
  readonly refusals: readonly Refusal[];
}

/** The events of a history that cannot have happened, in their order, to the first that the table has no row for. */
export const findImpossible = (effective: readonly EffectiveCaseEvent[], now: Instant): readonly Impossible[] => {
  const found: Impossible[] = [];
  let state: CaseState | undefined;
  for (const event of effective) {
    const before = state ?? openingState(event);
    const refusals = checkEvent({ state: before, event }, now);
    if (refusals.length > 0) found.push({ event, refusals });
    if (findRow(before, event) === undefined) return found;
    state = evolve(state, event);
  }
  return found;
};

/** Why the table has no row: the event does not belong to the kind, comes out of order, or is not this side's to state. */
const noRow = (state: CaseState, event: EffectiveCaseEvent): Refusal => {
  const status = state.standing.state;
  const candidates = rowsFor(state, event.type);
  if (candidates.length > 0) {
    const sides = [...new Set(candidates.flatMap((row) => sidesOf(state, row.by)))];
    const roles = candidates.map((row) => `the ${row.by} party`).join(' or ');
    return {
      code: 'wrong-side',
      message:
        `${event.type} is for ${roles} (${sides.join(' or ')}) to state, not for ${statingSide(event)}; ` +
        'give `statedBy` with an office of that side and its document to record its word',
      pointer: '/statedBy',
    };
  }
  const { rows, name } = caseLifecycles[state.kind];
  const elsewhere = rows.filter((row) => row.event === event.type);
  if (elsewhere.length === 0) {
    return { code: 'unknown-event-type', message: `a ${name} case has no event ${event.type}`, pointer: '/type' };
  }
  const from = [...new Set(elsewhere.flatMap((row) => row.from))];
  const next = [...new Set(rowsFrom(caseLifecycles[state.kind], status).map((row) => row.event))];
  return {
    code: 'out-of-order',
    message:
      `${event.type} follows on ${from.join(', ')}; here the case is ${status}. ` +
      `From here it can go on with: ${next.join(', ') || 'nothing'}`,
    pointer: '/type',
  };
};

/** Dates in an event's data of what had been done when it happened. */
const DATES_BEFORE = ['decidedOn', 'givenOn', 'notifiedOn', 'receivedOn'];

const datesBefore = (event: Telling): readonly { readonly pointer: string; readonly time: string | undefined }[] => {
  const data = event.data as Readonly<Record<string, string | undefined>>;
  const opened = 'case' in event.data ? event.data.case : undefined;
  return [
    { pointer: '/warrant/issuedOn', time: opened?.warrant?.issuedOn },
    ...DATES_BEFORE.map((field) => ({ pointer: `/data/${field}`, time: data[field] })),
  ];
};

/** A safeguard that was decided on later did not stand behind the event. */
const datesBeforeEvent = (event: Telling): readonly Refusal[] =>
  datesBefore(event).flatMap(({ pointer, time }): Refusal[] =>
    time !== undefined && spanOf(time).earliest > spanOf(event.occurredAt).latest
      ? [
          {
            code: 'times-out-of-order',
            message: `${time} is after the event, which happened ${event.occurredAt}`,
            pointer,
          },
        ]
      : [],
  );

/** What has not happened yet, by whichever side's clock is ahead, cannot be recorded. */
export const inTheFuture = (event: Telling, now: Instant): readonly Refusal[] => {
  const times = [{ pointer: '/occurredAt', time: event.occurredAt }, ...datesBefore(event)];
  return times.flatMap(({ pointer, time }): Refusal[] =>
    time !== undefined && spanOf(time).earliest > Date.parse(now)
      ? [{ code: 'in-the-future', message: `${time} is in the future; it is ${now} now`, pointer }]
      : [],
  );
};

type Telling = Pick<EffectiveCaseEvent, 'occurredAt' | 'data'>;

/** In the word of one side, days follow on days; between the two sides midnight comes an hour apart. */
const isBefore = (event: EffectiveCaseEvent, { latestAt, latestBy }: CaseState): boolean => {
  const { occurredAt } = event;
  const areDays = !occurredAt.includes('T') && !latestAt.includes('T');
  return areDays && statingSide(event) === latestBy
    ? daysOf(occurredAt).last < daysOf(latestAt).first
    : spanOf(occurredAt).latest < spanOf(latestAt).earliest;
};

const timesInOrder = (state: CaseState, event: EffectiveCaseEvent): Refusal | undefined =>
  isBefore(event, state)
    ? {
        code: 'times-out-of-order',
        message:
          `${event.occurredAt} is before ${state.latestAt}, when an earlier event of this case happened; ` +
          'what was left out then is brought in by `recorded-late`, a wrong time is put right by `corrected`',
        pointer: '/occurredAt',
      }
    : undefined;

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

/** The pass and the province that an event names are valid on the day that it speaks of, and its legal basis for the kind of case. */
const referencesValid = ({ kind }: CaseState, event: EffectiveCaseEvent): readonly (Refusal | undefined)[] => {
  const { pass, province, legalBasis, handoverDate, agreedDate } = event.data as Readonly<
    Record<string, string | undefined>
  >;
  const occurred = daysOf(event.occurredAt.slice(0, 'YYYY-MM-DD'.length));
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
