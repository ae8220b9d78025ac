import { happenedBy, revisionsTelling } from '../../../domain/kernel/at.ts';
import { foldEffective, foldHistory, type RecordedEvent } from '../../../domain/kernel/fold.ts';
import type { EffectiveEvent, RecordState } from '../../../domain/kernel/record.ts';
import type { StreamKind } from '../../../domain/kernel/stream-kind.ts';
import type { HistoryQueries } from '../../../projections/history/query.ts';
import type { Times } from '../../../projections/times.ts';
import type { ReadEvent, Reader, ReadOptions } from '../../application/reader.ts';
import { Problem } from '../../http/problem.ts';

/** Which of a record is asked for: as it was known then, or after one of its events; and of that what had happened by then. */
export interface AskedThen extends Times, Pick<ReadOptions, 'unsealed'> {
  readonly revision?: number | undefined;
}

/** A record as it was. */
export interface RecordThen<State, E, R extends RecordedEvent> {
  /** Of the last event that is taken into account. */
  readonly revision: number;
  /** All that was known of it. */
  readonly events: readonly ReadEvent<R>[];
  readonly effective: readonly E[];
  readonly state: State;
  /** The revisions of the events that tell it, with what puts them right. */
  readonly revisions: ReadonlySet<number>;
}

/** Reads a record as it was at the two times. Throws Problem where there was nothing of it. */
export const recordThen = async <State extends RecordState, E extends EffectiveEvent, R extends RecordedEvent>(
  { history, reader }: { readonly history: Pick<HistoryQueries, 'revisionAsOf'>; readonly reader: Reader },
  { category, rules }: StreamKind<State, E, R>,
  id: string,
  { asOf, at, revision, unsealed }: AskedThen,
): Promise<RecordThen<State, E, R>> => {
  const upTo = asOf === undefined ? revision : history.revisionAsOf(category, id, asOf);
  if (asOf !== undefined && upTo === undefined) {
    throw new Problem('not-found', `nothing of this ${rules.noun} was known then`);
  }
  const events = await reader.events<R>(category, id, { upTo, unsealed });
  const last = events.at(-1)?.event.revision;
  if (last === undefined || (revision !== undefined && last < revision)) {
    throw new Problem(
      'not-found',
      `the ${rules.noun} has no revision ${revision ?? 0}; its latest is ${last ?? 'not shown yet'}`,
    );
  }
  const recorded = events.map(({ event }) => event);
  const folded = foldHistory(rules, recorded);
  const effective = at === undefined ? folded.effective : happenedBy(folded.effective, at);
  const state = at === undefined ? folded.state : foldEffective(rules, effective);
  if (state === undefined) throw new Problem('not-found', `nothing of this ${rules.noun} had happened then`);
  const revisions =
    at === undefined
      ? new Set(recorded.map((each) => each.revision))
      : revisionsTelling(recorded as readonly RecordedEvent[] as never, effective);
  return { revision: last, events, effective, state, revisions };
};
