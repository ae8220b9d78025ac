import { isPersonProtected, maySeePersons, PROTECTED_KINDS, shelteringOf } from '../../domain/case/access.ts';
import { COUNTED_HANDOVERS } from '../../domain/case/events.ts';
import { foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { personOf } from '../../domain/case/person-of.ts';
import type { CaseState, EffectiveCaseEvent } from '../../domain/case/state.ts';
import { maySee, type Viewer } from '../../domain/kernel/access.ts';
import { addDays } from '../../domain/kernel/time.ts';
import { isOfProtected } from '../../domain/reconciliation/check.ts';
import type { OwnHandover } from '../../domain/reconciliation/lines.ts';
import type { Scope } from '../../domain/reconciliation/scope.ts';
import { CASE_KINDS } from '../../domain/reference/case-kinds.ts';
import type { CountedRow, HandoverQueries } from '../../projections/handovers/query.ts';
import type { EventLog } from '../event-log/port.ts';
import { unsealAll } from '../event-log/unsealed.ts';
import { inBatches } from '../in-batches.ts';
import type { KeyRing } from '../sealing/key-ring.ts';

export interface OwnBookDependencies {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly keys: KeyRing;
  readonly handovers: Pick<HandoverQueries, 'onDays'>;
}

/** More than any year has had; so many are held against a list at once. */
export const MOST_HANDOVERS = 10_000;
const CASES_AT_ONCE = 32;

/** How far beside a period handovers are looked at, which the other side's book may have in it. */
const DAYS_BESIDE = 31;

/** There are more handovers than can be compared: so many at least. */
export class BookTooLarge extends Error {
  override readonly name = 'BookTooLarge';
  readonly handovers: number;
  constructor(handovers: number) {
    super(`the period has at least ${handovers} handovers; at most ${MOST_HANDOVERS} are compared`);
    this.handovers = handovers;
  }
}

/** A case as it stood at a position, unsealed. */
interface CaseThen {
  readonly state: CaseState;
  readonly effective: readonly EffectiveCaseEvent[];
}

/**
 * This ledger's own book: the handovers that counted at a position of the log, of cases that somebody sees, with their persons where the
 * same may know them; also those of other kinds and directions, and of the days beside the period, which the other side's book may have in
 * it. Victims and detained persons are read apart from all others. It is made of the log up to the position alone, so that it is the same
 * whenever it is read again. Throws BookTooLarge, and what the event log throws.
 */
export const createOwnBook = ({ log, keys, handovers }: OwnBookDependencies) => {
  const caseThen = async (id: string, asOf: string): Promise<CaseThen | undefined> => {
    const logged = (await log.readStream(caseStream(id))).filter(({ position }) => position <= asOf);
    const { state, effective } = foldHistory(await unsealAll<RecordedCaseEvent>(logged, keys));
    return state && { state, effective };
  };

  /** A duplicate is of the same person as the case into which it was merged. */
  const isSheltered = async (state: CaseState, asOf: string): Promise<boolean> => {
    if (isPersonProtected(shelteringOf(state))) return true;
    const into = state.mergedInto === undefined ? undefined : await caseThen(state.mergedInto, asOf);
    return into !== undefined && isSheltered(into.state, asOf);
  };

  const readHandover = async (viewer: Viewer, row: CountedRow, asOf: string): Promise<OwnHandover | undefined> => {
    const itsCase = await caseThen(row.caseId, asOf);
    if (itsCase === undefined || !maySee(viewer, itsCase.state)) return undefined;
    const { state, effective } = itsCase;
    const known = maySeePersons(viewer, await isSheltered(state, asOf)) ? personOf(effective) : undefined;
    return {
      event: row.eventId,
      case: row.caseId,
      date: row.handoverDate,
      occurredAt: effective.find(({ id }) => id === row.eventId)?.occurredAt,
      pass: (row.pass ?? undefined) as OwnHandover['pass'],
      direction: row.direction,
      kind: row.kind,
      numbers: numbersOfMinutes(effective, row.eventId),
      person: known?.person,
      caseNumbers: known?.caseNumbers.map(({ number }) => number) ?? [],
    };
  };

  return async (viewer: Viewer, scope: Scope, asOf: string): Promise<readonly OwnHandover[]> => {
    const isProtected = isOfProtected(scope);
    const kinds = CASE_KINDS.filter((kind) => PROTECTED_KINDS.includes(kind) === isProtected);
    const { from, to } = scope.period;
    const days = { kinds, from: addDays(from, -DAYS_BESIDE), to: addDays(to, DAYS_BESIDE) };
    const rows = handovers.onDays(days, asOf, MOST_HANDOVERS + 1);
    if (rows.length > MOST_HANDOVERS) throw new BookTooLarge(rows.length);
    const read = await inBatches(rows, CASES_AT_ONCE, (row) => readHandover(viewer, row, asOf));
    return read.filter((each) => each !== undefined);
  };
};

const isHandover = ({ type }: EffectiveCaseEvent): boolean => (COUNTED_HANDOVERS as readonly string[]).includes(type);

/** Under which the two sides keep the minutes of a handover: as it says itself, and as the words say that follow on it. */
const numbersOfMinutes = (effective: readonly EffectiveCaseEvent[], handoverId: string): readonly string[] => {
  const from = effective.findIndex(({ id }) => id === handoverId);
  if (from < 0) return [];
  const next = effective.findIndex((event, index) => index > from && isHandover(event));
  const told = effective.slice(from, next < 0 ? undefined : next).flatMap(({ data }) => {
    const number = 'minutes' in data ? data.minutes?.number : undefined;
    return number === undefined ? [] : [number];
  });
  return [...new Set(told)];
};
