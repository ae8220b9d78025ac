import { type EventLog, RevisionConflict } from '../event-log/port.ts';
import { signCheckpoint } from './checkpoint.ts';
import { checkpointEvent } from './checkpoint-stream.ts';
import { rootOf } from './merkle.ts';
import { isSignedBy, parseNote, type SignerKey } from './note.ts';
import { readSignedFor, writeSignedFor } from './signed-for.ts';
import type { TreeQueries } from './tree-file.ts';
import type { TreeStreams } from './tree-streams.ts';

/** What cannot be signed, since it would not go with what was signed before. */
export class NotConsistent extends Error {
  override readonly name = 'NotConsistent';
}

interface Publishing {
  readonly log: Pick<EventLog, 'append'>;
  readonly tree: TreeQueries;
  readonly streams: Pick<TreeStreams, 'checkpoints'>;
  readonly signer: SignerKey;
  /** Where the largest checkpoint that this node has signed is kept. */
  readonly signedForFile: string;
  readonly clock: () => Date;
}

/**
 * Signs the tree as it is and appends the checkpoint to its stream, where the tree has grown since the last one. With the revision that
 * the tree has seen: where another node was faster, nothing is written. Throws NotConsistent, and what the log throws; nothing is signed
 * while the log does not agree with its tree. Gives the size that was signed for; undefined where there was nothing to sign.
 */
export const publishCheckpoint = async ({
  log,
  tree,
  streams,
  signer,
  signedForFile,
  clock,
}: Publishing): Promise<number | undefined> => {
  const { size, checkpoints } = tree.progress();
  const latest = tree.latestCheckpoint();
  if (size === 0 || (latest?.size === size && isSignedBy(parseNote(latest.note), signer.verifier))) return undefined;
  const [finding] = tree.findings();
  if (finding !== undefined) throw new NotConsistent(finding.message);
  const signedFor = readSignedFor(signedForFile);
  if (signedFor !== undefined) {
    if (signedFor.size > size) {
      throw new NotConsistent(
        `a tree of ${signedFor.size} leaves was signed, and the log gives ${size}: its end is gone`,
      );
    }
    if (!rootOf(tree.tile, signedFor.size).equals(signedFor.root)) {
      throw new NotConsistent(`the first ${signedFor.size} leaves of the log are not those that were signed`);
    }
  }
  // Of the same size another key signs once more.
  const note = signCheckpoint({ size, root: rootOf(tree.tile, size) }, signer);
  writeSignedFor(signedForFile, note);
  try {
    await log.append(streams.checkpoints, checkpoints < 0 ? 'no-stream' : checkpoints, [
      checkpointEvent({ type: 'checkpoint-signed', data: { note } }, clock()),
    ]);
  } catch (error) {
    if (!(error instanceof RevisionConflict)) throw error;
  }
  return size;
};
