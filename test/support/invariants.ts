import { isDeepStrictEqual } from 'node:util';
import { findImpossible } from '../../domain/kernel/check.ts';
import { foldEffective, foldHistory, type RecordedEvent } from '../../domain/kernel/fold.ts';
import { advance } from '../../domain/kernel/lifecycle.ts';
import type { EffectiveEvent } from '../../domain/kernel/record.ts';
import { statingSide } from '../../domain/kernel/stated-by.ts';
import type { AnyStreamKind } from '../../domain/kernel/stream-kind.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { compareViews } from '../../projections/compare.ts';
import { openSnapshot } from '../../projections/database.ts';
import type { ProjectedReadModel } from '../../projections/read-models.ts';
import { decodeEvent } from '../../src/event-log/codec.ts';
import type { LoggedEvent } from '../../src/event-log/port.ts';

/** Throws what was to be so, where it is not. */
export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** A record as its events in the log have it. */
export interface Stood {
  readonly kind: AnyStreamKind;
  readonly id: string;
  readonly recorded: readonly RecordedEvent[];
  readonly effective: readonly EffectiveEvent[];
  readonly state: unknown;
}

/** Every record of some events of a log. */
export const recordsIn = (logged: readonly LoggedEvent[]): readonly Stood[] =>
  [...Map.groupBy(logged, ({ stream }) => stream)].flatMap(([stream, events]) => {
    const record = recordOf(stream);
    if (record === undefined) return [];
    const { kind, id } = record;
    return [
      {
        kind,
        id,
        ...foldHistory(
          kind.rules,
          events.map((event) => decodeEvent(event).event),
        ),
      },
    ];
  });

/** Every record went by the table of its kind and by nothing else, and as it reads now can have happened. */
export const byTheTables = (logged: readonly LoggedEvent[], now: string): void => {
  for (const { kind, id, recorded, effective } of recordsIn(logged)) {
    const { rules, category } = kind;
    must(
      recorded.every(({ revision }, index) => revision === index),
      `${category} ${id} has a gap`,
    );
    const [impossible] = findImpossible(rules, effective, now);
    const why = impossible?.refusals.map(({ message }) => message).join('; ');
    must(impossible === undefined, `${category} ${id}: ${impossible?.event.type} cannot have happened: ${why}`);
    for (let length = 1; length < effective.length; length++) {
      const before = foldEffective(rules, effective.slice(0, length));
      const after = foldEffective(rules, effective.slice(0, length + 1));
      const event = effective[length] as EffectiveEvent;
      const row = rules
        .lifecycleOf(before)
        .rows.find(
          ({ event: type, from, by }) =>
            type === event.type &&
            from.includes(before.standing.state) &&
            rules.sidesOf(before, by).includes(statingSide(event)),
        );
      if (row === undefined)
        throw new Error(`${category} ${id}: ${event.type} has no row from ${before.standing.state}`);
      must(
        isDeepStrictEqual(advance(before.standing, row), after.standing),
        `${category} ${id}: ${event.type} leads from ${before.standing.state} to ${after.standing.state}`,
      );
    }
  }
};

/** The rows of every view are the same in each directory. */
export const viewsAgree = ([first, ...others]: readonly string[], models: readonly ProjectedReadModel[]): void => {
  if (first === undefined) throw new Error('there are views');
  for (const other of others) {
    for (const model of models) {
      const [one, another] = [openSnapshot(first, model), openSnapshot(other, model)];
      const [difference] = [...compareViews(one, another)].flatMap(({ differences }) => differences);
      one.close();
      another.close();
      must(difference === undefined, `the views in ${first} and ${other} differ: ${JSON.stringify(difference)}`);
    }
  }
};
