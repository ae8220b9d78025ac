import type { LoggedEvent, Position } from '../event-log/port.ts';
import { holdCheckpoint } from './hold-checkpoint.ts';
import { entryOf } from './leaf.ts';
import { hashLeaf } from './merkle.ts';
import type { VerifierKey } from './note.ts';
import { edgeOf, growTree } from './tree.ts';
import type { WritableTree } from './tree-file.ts';
import { isLeafStream, type TreeStreams } from './tree-streams.ts';

/**
 * Adds events of a log to its tree, in log order; holds each checkpoint that it comes by against the tree as it is there. What was removed is
 * to be noted in the tree after the events were read, before they are added; see `learnRemoved`.
 */
export const createGrowth = (
  tree: WritableTree,
  streams: TreeStreams,
  key: VerifierKey | undefined,
  now: () => Date,
) => {
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
    holdCheckpoint(tree, key, event, now());
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
