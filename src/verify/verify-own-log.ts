import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { openEventLogReader } from '../event-log/open.ts';
import type { EventLogReader, Position } from '../event-log/port.ts';
import {
  accessSignerOf,
  accessTreeDirectory,
  checkpointKeyFile,
  eventLogLocation,
  readCheckpointKey,
  treeDirectory,
} from '../places.ts';
import { type Examined, examine } from '../transparency/examine.ts';
import { createGrowth } from '../transparency/grow.ts';
import type { VerifierKey } from '../transparency/note.ts';
import { learnRemoved } from '../transparency/removed.ts';
import { openTree, openTreeForWriting, type TreeQueries, treeFile } from '../transparency/tree-file.ts';
import { ACCESS_TREE, RECORDS_TREE, type TreeStreams } from '../transparency/tree-streams.ts';
import { type Verified, verifyLog } from './verify-log.ts';

const now = (): Date => new Date();

/**
 * Holds the log of a ledger against the trees that this node keeps of it, where it does, and against all that a bundle is checked for; also
 * the log of who has read what. Reads beside a service that runs, and makes nothing. `scratch` is an empty folder. Throws what the log throws.
 */
export const verifyOwnLog = async (
  config: Config,
  scratch: string,
  onProgress: (events: number) => void,
): Promise<Verified & { readonly reads: number }> => {
  const signer = existsSync(checkpointKeyFile(config)) ? readCheckpointKey(config) : undefined;
  const log = await openEventLogReader(eventLogLocation(config));
  try {
    const ofTree = await faultsOfKept(log, treeDirectory(config), RECORDS_TREE);
    const access = await verifyAccess(log, {
      directory: accessTreeDirectory(config),
      key: signer && accessSignerOf(signer).verifier,
      scratch: join(scratch, 'access'),
    });
    const verified = await verifyLog({ log, scratch, heads: [], key: signer?.verifier, onProgress });
    return { ...verified, reads: access.reads, faults: [...ofTree, ...access.faults, ...verified.faults] };
  } finally {
    await log.close();
  }
};

/** What a node knows of what was removed of a log. */
type Removals = Pick<Examined, 'learnRemoved'> & Pick<TreeQueries, 'removedLeaf'>;

const NOTHING_REMOVED: Removals = { learnRemoved: async () => {}, removedLeaf: () => undefined };

/** Every leaf of the tree that a node keeps, held against the log. */
const faultsOfKept = async (
  log: EventLogReader,
  directory: string,
  streams: TreeStreams,
  { learnRemoved, removedLeaf } = NOTHING_REMOVED,
): Promise<readonly string[]> => {
  if (!existsSync(treeFile(directory))) return [];
  const tree = openTree(directory);
  try {
    const { size } = tree.progress();
    const examined = { tree: { ...tree, removedLeaf }, streams, learnRemoved };
    const findings = await examine(log, examined, { from: 0, to: size }, now());
    return findings.map(({ message }) => message);
  } finally {
    tree.close();
  }
};

/** Builds the tree of who has read what anew, as a node does, which holds each checkpoint and each removal against it. */
const verifyAccess = async (
  log: EventLogReader,
  {
    directory,
    key,
    scratch,
  }: { readonly directory: string; readonly key: VerifierKey | undefined; readonly scratch: string },
): Promise<{ readonly reads: number; readonly faults: readonly string[] }> => {
  const tree = openTreeForWriting(scratch);
  try {
    const growth = createGrowth(tree, ACCESS_TREE, key, now);
    const learn = () => learnRemoved(log, tree, ACCESS_TREE, now);
    let end: Position = '';
    for await (const chunk of log.readAll()) {
      end = chunk.at(-1)?.position ?? end;
      await learn();
      growth.add(chunk, end);
    }
    const ofKept = await faultsOfKept(log, directory, ACCESS_TREE, {
      learnRemoved: learn,
      removedLeaf: tree.removedLeaf,
    });
    return { reads: tree.progress().size, faults: [...tree.findings().map(({ message }) => message), ...ofKept] };
  } finally {
    tree.close();
  }
};
