import { isDeepStrictEqual } from 'node:util';
import { foldEffective, foldHistory } from '../../domain/case/history.ts';
import { caseLifecycles } from '../../domain/case/lifecycles/index.ts';
import type { CaseRow } from '../../domain/case/lifecycles/vocabulary.ts';
import { sidesOf } from '../../domain/case/parties.ts';
import { caseRules } from '../../domain/case/rules.ts';
import type { EffectiveCaseEvent } from '../../domain/case/state.ts';
import { findImpossible } from '../../domain/kernel/check.ts';
import { advance } from '../../domain/kernel/lifecycle.ts';
import { officeSide, type Side } from '../../domain/kernel/sides.ts';
import { compareViews } from '../../projections/compare.ts';
import { openForQueries, openSnapshot } from '../../projections/database.ts';
import { createHandoverQueries } from '../../projections/handovers/query.ts';
import type { ProjectedReadModel } from '../../projections/read-models.ts';
import { entryOf } from '../../src/transparency/leaf.ts';
import { consistencyProof, isConsistent, rootOf } from '../../src/transparency/merkle.ts';
import { isRecordLeaf } from '../../src/transparency/tree-streams.ts';
import { tilesOfLeaves } from '../support/tiles.ts';
import type { Tree } from './consumers.ts';
import type { LogSemantics } from './logs.ts';
import { type Carried, recordedIn } from './officers.ts';

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** The ids of all cases in a log. */
export const casesIn = (log: Pick<LogSemantics, 'after'>): readonly string[] => [
  ...new Set(
    log
      .after(undefined)
      .filter(({ stream }) => stream.startsWith('case-'))
      .map(({ stream }) => stream.slice('case-'.length)),
  ),
];

/** Each command that was answered stands in the log once, at the place that was told; and none stands there that nobody was told of. */
export const eachOnce = (log: LogSemantics, carried: readonly Carried[]): void => {
  const places = new Map<string, string>();
  for (const { stream, position, metadata } of log.after(undefined)) {
    if (!stream.startsWith('case-')) continue;
    const { commandId } = JSON.parse(metadata) as { readonly commandId: string };
    must(!places.has(commandId), `command ${commandId} stands at ${places.get(commandId)} and at ${position}`);
    places.set(commandId, position);
  }
  for (const { commandId, position } of carried) {
    must(
      places.get(commandId) === position,
      `command ${commandId} was told ${position} and stands at ${places.get(commandId)}`,
    );
  }
  const told = new Set(carried.map(({ commandId }) => commandId));
  must(places.size === told.size, `${places.size} commands are in the log, ${told.size} were answered`);
};

/** Every case went by the table of its kind and by nothing else, and as it reads now can have happened. */
export const byTheTables = (log: Pick<LogSemantics, 'after' | 'readStream'>, now: string): void => {
  for (const caseId of casesIn(log)) {
    const recorded = recordedIn(log, caseId);
    must(
      recorded.every(({ revision }, index) => revision === index),
      `${caseId} has a gap`,
    );
    const { effective } = foldHistory(recorded);
    const [impossible] = findImpossible(caseRules, effective, now);
    must(impossible === undefined, `${caseId}: ${impossible?.event.type} cannot have happened`);
    for (let length = 1; length < effective.length; length++) {
      const before = foldEffective(effective.slice(0, length));
      const after = foldEffective(effective.slice(0, length + 1));
      const { type, statedBy, recordedBy } = effective[length] as EffectiveCaseEvent;
      if (before === undefined || after === undefined) throw new Error(`${caseId} has no state after ${length} events`);
      const side = officeSide(statedBy?.office ?? recordedBy.office) as Side;
      const row = caseLifecycles[before.kind].rows.find(
        ({ event, from, by }: CaseRow) =>
          event === type && from.includes(before.standing.state) && sidesOf(before, by).includes(side),
      );
      if (row === undefined) throw new Error(`${caseId}: ${type} has no row from ${before.standing.state} for ${side}`);
      must(
        isDeepStrictEqual(advance(before.standing, row), after.standing),
        `${caseId}: ${type} leads from ${before.standing.state} to ${after.standing.state}`,
      );
    }
  }
};

const HANDOVERS: readonly string[] = ['handed-over-at-border-pass', 'repatriated-at-border-pass'];

/** Each node counts the handovers that the log has. */
export const countsEqualHandovers = (
  log: LogSemantics,
  directories: readonly string[],
  models: readonly ProjectedReadModel[],
): number => {
  const handedOver = casesIn(log).flatMap((caseId) =>
    foldHistory(recordedIn(log, caseId)).effective.filter(({ type }) => HANDOVERS.includes(type)),
  ).length;
  for (const directory of directories) {
    const database = openForQueries(directory, models);
    const [{ persons } = { persons: 0 }] = createHandoverQueries(database).yearly({}, []);
    database.close();
    must(persons === handedOver, `${directory} counts ${persons} persons, the log has ${handedOver}`);
  }
  return handedOver;
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

/** The trees of all nodes have the root of a fresh one, and each head that was ever shown is the beginning of it. */
export const treesAreConsistent = (log: LogSemantics, trees: readonly Tree[]): void => {
  const entries = log
    .after(undefined)
    .filter(({ stream }) => isRecordLeaf(stream))
    .map(entryOf);
  if (entries.length === 0) return;
  const latest = { size: entries.length, root: rootOf(tilesOfLeaves(entries), entries.length) };
  for (const { heads, read } of trees) {
    const last = heads.at(-1);
    must(last?.size === latest.size && last.root.equals(latest.root), 'a tree is not that of the log');
    for (const head of heads) {
      const proof = consistencyProof(read, head.size, latest.size);
      must(isConsistent(head, latest, proof), `the tree of ${head.size} leaves is not the beginning of ${latest.size}`);
    }
  }
};
