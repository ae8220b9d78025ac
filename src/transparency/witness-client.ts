import { type EventLog, RevisionConflict } from '../event-log/port.ts';
import { type Cosigned, checkpointEvent } from './checkpoint-stream.ts';
import { cosignedAt } from './cosignature.ts';
import { consistencyProof } from './merkle.ts';
import { parseNote, parseSignatureLine, signatureLine, type VerifierKey } from './note.ts';
import type { PublishedCheckpoint, TreeQueries } from './tree-file.ts';
import type { TreeStreams } from './tree-streams.ts';

/** Another's server that countersigns this ledger's checkpoints. */
export interface WitnessServer {
  readonly key: VerifierKey;
  /** What `/add-checkpoint` is put after. */
  readonly url: string;
}

/** A witness did not cosign; the message says why. */
export class NotCosigned extends Error {
  override readonly name = 'NotCosigned';
}

const ANSWERS_WITHIN_MS = 10_000;

/** An answer of the protocol is a few lines. */
const LONGEST_ANSWER = 65_536;

interface Cosigning {
  readonly log: Pick<EventLog, 'append'>;
  readonly tree: TreeQueries;
  readonly streams: Pick<TreeStreams, 'checkpoints'>;
  readonly clock: () => Date;
}

/**
 * Has a witness cosign the latest checkpoint, unless it has, and appends what it adds to the stream of checkpoints. Throws NotCosigned, and
 * what the log throws.
 */
export const haveCosigned = async ({ log, tree, streams, clock }: Cosigning, witness: WitnessServer): Promise<void> => {
  const checkpoint = tree.latestCheckpoint();
  if (checkpoint === undefined || isCosigned(checkpoint, witness)) return;
  const known = tree.latestCosignatures().find((each) => each.witness === witness.key.name)?.size ?? 0;
  let answer = await ask(witness, known, checkpoint, tree);
  if (answer.status === 409) {
    const size = /^\d+\n?$/.test(answer.text) ? Number(answer.text) : Number.NaN;
    if (!Number.isSafeInteger(size) || size > checkpoint.size) {
      throw new NotCosigned(`it has cosigned a tree of ${answer.text.trim()} leaves, and there are ${checkpoint.size}`);
    }
    answer = await ask(witness, size, checkpoint, tree);
  }
  if (answer.status !== 200) throw new NotCosigned(`it answers ${answer.status}: ${answer.text.slice(0, 200).trim()}`);
  const data = cosignatureIn(answer.text, checkpoint, witness);
  const { checkpoints } = tree.progress();
  try {
    await log.append(streams.checkpoints, checkpoints, [
      checkpointEvent({ type: 'checkpoint-cosigned', data }, clock()),
    ]);
  } catch (error) {
    // Something came in between: it is asked again next time, and answers the same.
    if (!(error instanceof RevisionConflict)) throw error;
  }
};

const isCosigned = ({ cosignatures }: PublishedCheckpoint, { key }: WitnessServer): boolean =>
  cosignatures.some(({ witness }) => witness === key.name);

const ask = async (
  { url }: WitnessServer,
  oldSize: number,
  { size, note }: PublishedCheckpoint,
  tree: TreeQueries,
): Promise<{ readonly status: number; readonly text: string }> => {
  const proof = consistencyProof(tree.tile, oldSize, size).map((hash) => `${hash.toString('base64')}\n`);
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `old ${oldSize}\n${proof.join('')}\n${note}`,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    const text = await response.text();
    if (text.length > LONGEST_ANSWER) throw new NotCosigned('its answer is too long');
    return { status: response.status, text };
  } catch (error) {
    if (error instanceof NotCosigned) throw error;
    throw new NotCosigned(
      `${url} does not answer: ${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message}`,
    );
  }
};

/** The line of the witness in its answer. Lines under keys that nobody knows here are passed over. */
const cosignatureIn = (answer: string, { size, note }: PublishedCheckpoint, { key }: WitnessServer): Cosigned => {
  for (const line of answer.split('\n')) {
    try {
      const signature = parseSignatureLine(line);
      if (signature.name !== key.name || signature.keyId !== key.keyId) continue;
      const text = signatureLine(signature);
      const at = cosignedAt(parseNote(note + text), key);
      if (at === undefined) throw new NotCosigned('its cosignature does not hold');
      return { size, witness: key.name, cosignedAt: at.toISOString(), line: text };
    } catch (error) {
      if (error instanceof NotCosigned) throw error;
    }
  }
  throw new NotCosigned(`its answer has no cosignature under ${key.name}+${key.keyId}`);
};
