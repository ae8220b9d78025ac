import type { Test } from 'tap';
import { loadConfig } from '../../src/config.ts';
import { openEventLogReader } from '../../src/event-log/open.ts';
import type { LoggedEvent } from '../../src/event-log/port.ts';
import { eventLogLocation } from '../../src/places.ts';
import { areInLogOrder, readAllEvents } from '../event-log/contract/support.ts';
import type { Acknowledged } from './persistent-writers.ts';

type Environment = Readonly<Record<string, string>>;

/** All events of cases of a ledger, read from its log itself. */
export const caseEventsOf = async (environment: Environment): Promise<readonly LoggedEvent[]> => {
  const log = await openEventLogReader(eventLogLocation(loadConfig(environment)));
  try {
    return (await readAllEvents(log)).filter(({ stream }) => stream.startsWith('case-'));
  } finally {
    await log.close();
  }
};

const placeOf = (stream: string, revision: number, type: string, position: string): string =>
  `${stream} ${revision} ${type} ${position}`;

/**
 * Whether the log has what was acknowledged, each exactly once and nothing else, where the answers said, and in the order in which it
 * was acknowledged: what was sent after an answer stands after what that answer told of.
 */
export const holdsEachOnce = (t: Test, events: readonly LoggedEvent[], acknowledged: readonly Acknowledged[]): void => {
  t.ok(areInLogOrder(events), 'positions rise');
  const lengths = new Map<string, number>();
  const outOfPlace = events.filter(({ stream, revision }) => {
    const expected = lengths.get(stream) ?? 0;
    lengths.set(stream, expected + 1);
    return revision !== expected;
  });
  t.same(outOfPlace, [], 'each stream is in the order of its revisions, without a gap');
  const there = new Set(events.map((each) => placeOf(each.stream, each.revision, each.type, each.position)));
  const told = new Set(
    acknowledged.map((each) => placeOf(`case-${each.caseId}`, each.revision, each.type, each.position)),
  );
  t.same(
    [...told].filter((place) => !there.has(place)),
    [],
    'nothing that was acknowledged is lost',
  );
  t.same(
    [...there].filter((place) => !told.has(place)),
    [],
    'nothing is there that nobody was told',
  );
  t.equal(told.size, acknowledged.length, 'no two commands were told the same place');
  const commands = new Set(events.map(({ metadata }) => JSON.parse(metadata).commandId as string));
  t.equal(commands.size, events.length, 'no command is there twice');
  const early = acknowledged.filter(({ position, sentAfter }) => position <= sentAfter);
  t.same(early, [], 'what was sent after an answer stands after it');
};
