import type { LoggedEvent, Position } from '../event-log/port.ts';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { readCheckpointEvent } from './checkpoint-stream.ts';
import { entryOf } from './leaf.ts';
import { hashLeaf, rootOf } from './merkle.ts';
import { isSignedBy, parseNote, signaturesBy, type VerifierKey } from './note.ts';
import { edgeOf, growTree } from './tree.ts';
import type { WritableTree } from './tree-file.ts';
import { isLeafStream, type TreeStreams } from './tree-streams.ts';

/**
 * Adds events of a log to its tree, in log order; holds each checkpoint that it comes by against the tree as it is there. What was removed is
 * to be noted in the tree after the events were read, before they are added; see `followRemovals`.
 */
export const createGrowth = (tree: WritableTree, streams: TreeStreams, key: VerifierKey, now: () => Date) => {
  let { size, position, checkpoints } = tree.progress();
  let edge = edgeOf(size, tree.tile);
  let waiting: Buffer[] = [];

  const addWaiting = (): void => {
    if (waiting.length === 0) return;
    edge = growTree(edge, waiting, tree.writeTile);
    ({ size } = edge);
    waiting = [];
  };

  const takeLeaf = (at: Position, hash: Buffer): void => {
    tree.writeLeaf(size + waiting.length, at);
    waiting.push(hash);
  };

  /** Of events that were removed before they were seen here, the log has kept the leaves. */
  const takeRemoved = (after: Position, before: Position): void => {
    if (streams.removals === undefined) return;
    for (const removed of tree.removedBetween(after, before)) takeLeaf(removed.position, removed.hash);
  };

  const takeCheckpoint = (event: LoggedEvent): void => {
    addWaiting();
    checkpoints = event.revision;
    const fault = faultOf(event);
    if (fault === undefined) return;
    const message = `revision ${event.revision} of ${event.stream}: ${fault}`;
    tree.writeFinding({ foundAt: now().toISOString(), kind: 'checkpoint', leaf: null, message });
  };

  /** Takes an event of the stream of checkpoints; what is wrong with it. */
  const faultOf = (event: LoggedEvent): string | undefined => {
    let checkpoint: SignedCheckpoint;
    try {
      const { type, data } = readCheckpointEvent(event);
      if (type === 'checkpoint-cosigned') {
        // It is put under the published note: a line that is none would spoil the note for everybody.
        parseNote(`-\n\n${data.line}`);
        tree.writeCosignature(event.revision, data);
        return undefined;
      }
      checkpoint = parseCheckpoint(data.note);
      const fault = faultOfCheckpoint(checkpoint);
      if (fault === undefined) tree.writeCheckpoint(event.revision, checkpoint.size, data.note);
      return fault && `the checkpoint of ${checkpoint.size} leaves is not that of this log: ${fault}`;
    } catch (error) {
      return `it cannot be read: ${(error as Error).message}`;
    }
  };

  const faultOfCheckpoint = (checkpoint: SignedCheckpoint): string | undefined => {
    if (checkpoint.size > size) return `the log had ${size} leaves before it`;
    if (!rootOf(tree.tile, checkpoint.size).equals(checkpoint.root)) {
      return 'its root is another; one of its events was changed, taken out, put in or moved';
    }
    // One of an earlier key is held against the tree alone.
    const isForged = signaturesBy(checkpoint.note, key).length > 0 && !isSignedBy(checkpoint.note, key);
    return isForged ? 'its signature does not hold' : undefined;
  };

  return {
    progress: () => ({ position, size }),

    /** Adds events, and writes how far the tree has come then. */
    add: (events: readonly LoggedEvent[], upTo: Position): void => {
      try {
        tree.transaction(() => {
          for (const event of events) {
            takeRemoved(position, event.position);
            ({ position } = event);
            if (isLeafStream(streams, event.stream)) takeLeaf(event.position, hashLeaf(entryOf(event)));
            else if (event.stream === streams.checkpoints) takeCheckpoint(event);
          }
          takeRemoved(position, upTo);
          addWaiting();
          position = upTo;
          tree.writeProgress({ position, size, checkpoints });
        });
      } catch (error) {
        ({ size, position, checkpoints } = tree.progress());
        edge = edgeOf(size, tree.tile);
        waiting = [];
        throw error;
      }
    },
  };
};
