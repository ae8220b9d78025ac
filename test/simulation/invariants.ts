import { COUNTED_HANDOVERS } from '../../domain/case/events.ts';
import { caseStreams } from '../../domain/case/kind.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { handovers } from '../../domain/handover/kind.ts';
import { linesOf, openLines } from '../../domain/handover/work.ts';
import { LEDGER_ITSELF } from '../../domain/kernel/access.ts';
import type { RegisterState } from '../../domain/kernel/register.ts';
import { recordOf } from '../../domain/stream-kinds.ts';
import { openForQueries } from '../../projections/database.ts';
import { createHandoverQueries } from '../../projections/handovers/query.ts';
import type { ProjectedReadModel } from '../../projections/read-models.ts';
import type { LoggedEvent } from '../../src/event-log/port.ts';
import { entryOf } from '../../src/transparency/leaf.ts';
import { consistencyProof, isConsistent, rootOf } from '../../src/transparency/merkle.ts';
import { isRecordLeaf } from '../../src/transparency/tree-streams.ts';
import { must, recordsIn, type Stood } from '../support/invariants.ts';
import { tilesOfLeaves } from '../support/tiles.ts';
import type { Tree } from './consumers.ts';
import type { LogSemantics } from './logs.ts';
import type { Told } from './officers.ts';

const casesAmong = (records: readonly Stood[]): readonly (Stood & { readonly state: CaseState | undefined })[] =>
  records.filter(({ kind }) => kind === caseStreams) as never;

/**
 * Each command that was answered stands in the log once, at the place that was told; and none stands there that nobody was told of, or that
 * the ledger gave itself twice.
 */
export const eachOnce = (log: LogSemantics, { carried, erased }: Pick<Told, 'carried' | 'erased'>): void => {
  const places = new Map<string, string>();
  const byOfficers = new Set<string>();
  for (const { stream, position, metadata } of log.after(undefined)) {
    if (recordOf(stream) === undefined) continue;
    const { commandId, recordedBy } = JSON.parse(metadata) as {
      readonly commandId: string;
      readonly recordedBy: { readonly role: string };
    };
    must(!places.has(commandId), `command ${commandId} stands at ${places.get(commandId)} and at ${position}`);
    places.set(commandId, position);
    if (recordedBy.role !== LEDGER_ITSELF) byOfficers.add(commandId);
  }
  for (const { commandId, position } of carried) {
    must(
      places.get(commandId) === position,
      `command ${commandId} was told ${position} and stands at ${places.get(commandId)}`,
    );
  }
  const told = new Set([...carried.map(({ commandId }) => commandId), ...erased]);
  for (const commandId of byOfficers) must(told.has(commandId), `nobody was told of command ${commandId}`);
};

const isHandover = ({ type }: { readonly type: string }): boolean =>
  (COUNTED_HANDOVERS as readonly string[]).includes(type);

const handedOverIn = (logged: readonly LoggedEvent[]): number =>
  casesAmong(recordsIn(logged)).flatMap(({ effective }) => effective.filter(isHandover)).length;

/** At how many places of the log figures are asked for as they were known then. */
const PLACES = 4;

/** Each node counts the handovers that the log has, now and as it was known at earlier places. */
export const countsEqualHandovers = (
  log: LogSemantics,
  directories: readonly string[],
  models: readonly ProjectedReadModel[],
): number => {
  const logged = log.after(undefined);
  const lengths = Array.from({ length: PLACES }, (_, place) => Math.ceil((logged.length * (place + 1)) / PLACES));
  for (const directory of directories) {
    const database = openForQueries(directory, models);
    const queries = createHandoverQueries(database);
    for (const length of lengths) {
      const known = logged.slice(0, length);
      const position = known.at(-1)?.position as string;
      const [{ persons } = { persons: 0 }] = queries.yearly({ asOf: { position } }, []);
      const handedOver = handedOverIn(known);
      must(persons === handedOver, `${directory} counts ${persons} persons at ${position}, the log has ${handedOver}`);
    }
    database.close();
  }
  return handedOverIn(logged);
};

/**
 * Minutes are worked off: each line that was recorded stands in its case, and no case was handed over twice by the same minutes. Gives the
 * number of lines that handed somebody over.
 */
export const minutesAreWorkedOff = (log: LogSemantics): number => {
  const records = recordsIn(log.after(undefined));
  const minutesOf = new Map(
    casesAmong(records).map(({ id, recorded }) => {
      const named = recorded.filter(isHandover).map(({ data }) => (data as { handover?: string }).handover);
      return [id, named.filter((minutes) => minutes !== undefined)];
    }),
  );
  for (const [id, minutes] of minutesOf) {
    must(new Set(minutes).size === minutes.length, `case ${id} was handed over twice by the same minutes`);
  }
  let handedOver = 0;
  for (const { kind, id, state, recorded } of records) {
    if (kind !== handovers) continue;
    const minutes = state as RegisterState;
    if (minutes === undefined || minutes.standing.state === 'annulled') continue;
    must(openLines(minutes).length === 0, `minutes ${id} are not worked off after ${recorded.length} events`);
    for (const line of linesOf(minutes.entries)) {
      if (line.outcome !== 'handed-over' || line.handover?.result !== 'recorded') continue;
      must(minutesOf.get(line.case)?.includes(id) === true, `case ${line.case} knows nothing of minutes ${id}`);
      handedOver += 1;
    }
  }
  return handedOver;
};

/** Cases that go on as others are linked with them, and the ledger opened no more cases than that. Gives the number of those that it opened. */
export const continuedOnce = (log: LogSemantics): number => {
  const cases = casesAmong(recordsIn(log.after(undefined)));
  const opened = cases.filter(({ recorded }) => recorded[0]?.recordedBy.role === LEDGER_ITSELF);
  const continued = cases.filter(({ recorded }) => recorded.some(({ type }) => type === 'continued-as-another-case'));
  must(opened.length <= continued.length, `${continued.length} cases go on as ${opened.length} others`);
  for (const { id, state } of continued) {
    if (state?.continued === undefined || state.expunged === true) continue;
    must(state.continued.link !== undefined, `case ${id} is linked with no other`);
  }
  return opened.length;
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
