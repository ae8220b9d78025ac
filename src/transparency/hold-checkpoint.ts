import type { LoggedEvent } from '../event-log/port.ts';
import { isForged, parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { readCheckpointEvent } from './checkpoint-stream.ts';
import { rootOf } from './merkle.ts';
import { parseNote, type VerifierKey } from './note.ts';
import type { WritableTree } from './tree-file.ts';

/**
 * Holds an event of the stream of checkpoints against the tree as it was before it, and keeps what it says. What does not agree is found; what
 * agrees is found no more. Signatures are left open where no key is given. To be called within a transaction.
 */
export const holdCheckpoint = (
  tree: WritableTree,
  key: VerifierKey | undefined,
  event: LoggedEvent,
  now: Date,
): void => {
  const fault = faultOf(tree, key, event);
  if (fault === undefined) tree.forgetFindingsOfEvent('checkpoint', event.revision);
  else {
    const message = `revision ${event.revision} of ${event.stream}: ${fault}`;
    tree.writeFinding({ foundAt: now.toISOString(), kind: 'checkpoint', leaf: null, message }, event.revision);
  }
};

const faultOf = (tree: WritableTree, key: VerifierKey | undefined, event: LoggedEvent): string | undefined => {
  try {
    const { type, data } = readCheckpointEvent(event);
    if (type === 'checkpoint-cosigned') {
      // It is put under the published note: a line that is none would spoil the note for everybody.
      parseNote(`-\n\n${data.line}`);
      tree.writeCosignature(event.revision, data);
      return undefined;
    }
    const checkpoint = parseCheckpoint(data.note);
    const leavesBefore = (tree.leafAtOrBefore(event.position) ?? -1) + 1;
    const fault = faultOfCheckpoint(tree, key, checkpoint, leavesBefore);
    if (fault === undefined) tree.writeCheckpoint(event.revision, checkpoint.size, data.note);
    return fault && `the checkpoint of ${checkpoint.size} leaves is not that of this log: ${fault}`;
  } catch (error) {
    return `it cannot be read: ${(error as Error).message}`;
  }
};

const faultOfCheckpoint = (
  tree: WritableTree,
  key: VerifierKey | undefined,
  checkpoint: SignedCheckpoint,
  leavesBefore: number,
): string | undefined => {
  if (checkpoint.size > leavesBefore) return `the log had ${leavesBefore} leaves before it`;
  if (!rootOf(tree.tile, checkpoint.size).equals(checkpoint.root)) {
    return 'its root is another; one of its events was changed, taken out, put in or moved';
  }
  // One of an earlier key is held against the tree alone.
  return key !== undefined && isForged(checkpoint, key) ? 'its signature does not hold' : undefined;
};
