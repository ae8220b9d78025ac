import type { YearlyRow } from '../../projections/handovers/query.ts';
import type { EventLogReader, LoggedEvent } from '../event-log/port.ts';
import { inBatches } from '../in-batches.ts';
import { isForged, parseCheckpoint } from '../transparency/checkpoint.ts';
import { readCheckpointEvent } from '../transparency/checkpoint-stream.ts';
import { entryOf } from '../transparency/leaf.ts';
import { hashLeaf } from '../transparency/merkle.ts';
import type { VerifierKey } from '../transparency/note.ts';
import { followTreeHead, type TreeHead } from '../transparency/tree-head.ts';
import { isRecordLeaf, RECORDS_TREE } from '../transparency/tree-streams.ts';
import { yearlyFiguresOf } from './figures.ts';
import { faultsOfRecord } from './records.ts';
import { faultsOfForm } from './well-formed.ts';

/** A tree that somebody has signed for, and what it is called in messages. */
export interface ExpectedHead extends TreeHead {
  readonly what: string;
}

export interface Verified {
  /** Of records. */
  readonly events: number;
  readonly records: number;
  readonly head: TreeHead;
  /** By year, direction and kind; undefined where an event cannot be counted. */
  readonly yearly: readonly YearlyRow[] | undefined;
  readonly faults: readonly string[];
}

interface Verification {
  readonly log: EventLogReader;
  /** Empty; rows without persons are written to it. */
  readonly scratch: string;
  /** Trees that the log must begin with. */
  readonly heads: readonly ExpectedHead[];
  /** Under which the checkpoints in the log are signed; left out: whether they are is left open. */
  readonly key?: VerifierKey | undefined;
  /** Told of each event of a record, with the number of its leaf and its entry, which is empty where there can be none. */
  readonly onLeaf?: (event: LoggedEvent, leaf: number, entry: Buffer) => void;
  readonly onProgress: (events: number) => void;
}

/** Records that are looked at together: those of a server are a round trip each. */
const RECORDS_AT_ONCE = 32;

/**
 * Holds all events of a log against its tree, its checkpoints, the shapes of events and the lifecycle tables, and counts from them. Throws what
 * the log throws; whatever is wrong with what it holds is a fault.
 */
export const verifyLog = async ({ log, scratch, heads, key, onLeaf, onProgress }: Verification): Promise<Verified> => {
  const faults: string[] = [];
  const streams = new Set<string>();
  const tree = followTreeHead();
  const ofCheckpoints = headsOfCheckpoints(await log.readStream(RECORDS_TREE.checkpoints), key);
  faults.push(...ofCheckpoints.faults);
  const expected = [...heads, ...ofCheckpoints.heads].sort((a, b) => a.size - b.size);
  let compared = 0;
  /** Compares the trees that were expected at the size that is reached. */
  const compare = (): void => {
    for (let next = expected[compared]; next?.size === tree.size(); next = expected[compared]) {
      if (!next.root.equals(tree.head().root)) faults.push(rootFault(next));
      compared += 1;
    }
  };
  compare();
  for await (const chunk of log.readAll()) {
    for (const event of chunk) {
      if (!isRecordLeaf(event.stream)) continue;
      const entry = entryUnlessUnreadable(event);
      onLeaf?.(event, tree.size(), entry);
      faults.push(...faultsOfForm(event).map((fault) => `${describe(event)}: ${fault}`));
      tree.addLeaf(hashLeaf(entry));
      streams.add(event.stream);
      compare();
    }
    onProgress(tree.size());
  }
  const head = tree.head();
  for (const { what, size } of expected.slice(compared)) {
    faults.push(`${what} is of ${size} leaves, and there are ${head.size}: the end is missing, or as much before it`);
  }
  const ofRecords = await inBatches([...streams], RECORDS_AT_ONCE, async (stream) =>
    faultsOfRecord(stream, await log.readStream(stream)),
  );
  faults.push(...ofRecords.flat());
  const yearly = await yearlyFiguresOf(log, scratch).catch((error: unknown) => {
    faults.push(`the figures cannot be counted: ${(error as Error).message}`);
    return undefined;
  });
  return { events: head.size, records: streams.size, head, yearly, faults };
};

const rootFault = ({ what, size }: ExpectedHead): string =>
  `${what} is of another history: of its ${size} leaves one was changed, taken out, put in or moved`;

/** How an event is called in messages. */
export const describe = ({ id, type, stream, revision }: Omit<LoggedEvent, 'position'>): string =>
  `event ${id} (${type}), revision ${revision} of ${stream}`;

/** An event without a salt makes no leaf that was ever signed; that it is not well formed is told besides. */
const entryUnlessUnreadable = (event: LoggedEvent): Buffer => {
  try {
    return entryOf(event);
  } catch {
    return Buffer.alloc(0);
  }
};

/** The checkpoints that stand in the log itself. */
const headsOfCheckpoints = (
  events: readonly LoggedEvent[],
  key: VerifierKey | undefined,
): { readonly heads: readonly ExpectedHead[]; readonly faults: readonly string[] } => {
  const heads: ExpectedHead[] = [];
  const faults: string[] = [];
  for (const event of events) {
    const where = `revision ${event.revision} of ${event.stream}`;
    try {
      const { type, data } = readCheckpointEvent(event);
      if (type === 'checkpoint-cosigned') continue;
      const checkpoint = parseCheckpoint(data.note);
      const { size, root } = checkpoint;
      heads.push({ what: `the checkpoint that is ${where}`, size, root });
      if (key !== undefined && isForged(checkpoint, key)) faults.push(`${where}: its signature does not hold`);
    } catch (error) {
      faults.push(`${where} cannot be read: ${(error as Error).message}`);
    }
  }
  return { heads, faults };
};
