import { join } from 'node:path';
import type { Test } from 'tap';
import { Pace } from '../../src/background/pace.ts';
import { openEventLogReader } from '../../src/event-log/open.ts';
import type { EventLogReader } from '../../src/event-log/port.ts';
import type { Finding } from '../../src/transparency/finding.ts';
import { followLog } from '../../src/transparency/follow.ts';
import { rootOf } from '../../src/transparency/merkle.ts';
import type { SignerKey } from '../../src/transparency/note.ts';
import { publishCheckpoint } from '../../src/transparency/publisher.ts';
import { openTreeForWriting, type WritableTree } from '../../src/transparency/tree-file.ts';
import type { TreeStreams } from '../../src/transparency/tree-streams.ts';
import type { TestLedger } from './ledger.ts';

/** A node of a ledger as far as it keeps a tree of the log, without a thread of its own, so that a test says what comes after what. */
export interface TreeNode {
  readonly tree: WritableTree;
  readonly reader: EventLogReader;
  /** Goes on until the tree has all that is in the log, as a start of the service does; gives what stands against it then. */
  follow(through?: EventLogReader): Promise<readonly Finding[]>;
  root(): Buffer;
  /** Signs the tree; gives the size that was signed for, and rejects with NotConsistent where something was found. */
  sign(): Promise<number | undefined>;
}

/** Opens a tree in a directory of its own over the log of a ledger; closed after the test. */
export const openTreeNode = async (
  t: Test,
  { directory, location, log }: Pick<TestLedger, 'directory' | 'location' | 'log'>,
  {
    name,
    streams,
    signer,
    clock = () => new Date(),
  }: {
    readonly name: string;
    readonly streams: TreeStreams;
    readonly signer: SignerKey;
    readonly clock?: () => Date;
  },
): Promise<TreeNode> => {
  const tree = openTreeForWriting(join(directory, name));
  const reader = await openEventLogReader(location);
  t.after(async () => {
    await reader.close();
    tree.close();
  });
  const signedForFile = join(directory, `${name}.signed-for`);
  return {
    tree,
    reader,
    follow: async (through = reader) => {
      const stopping = new AbortController();
      await followLog({
        log: through,
        tree,
        streams,
        key: signer.verifier,
        now: clock,
        signal: stopping.signal,
        pace: new Pace(),
        onProgress: (caughtUp) => caughtUp && stopping.abort(),
        onFault: (error) => t.fail(String(error)),
      });
      return tree.findings();
    },
    root: () => rootOf(tree.tile, tree.progress().size),
    sign: () => publishCheckpoint({ log, tree, streams, signer, signedForFile, clock }),
  };
};
