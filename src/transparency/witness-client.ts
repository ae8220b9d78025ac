import { type EventLog, RevisionConflict } from '../event-log/port.ts';
import { eventually } from '../eventually.ts';
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

/** In bytes; an answer of the protocol is a few lines. */
const LONGEST_ANSWER = 65_536;

interface Cosigning {
  readonly log: Pick<EventLog, 'append'>;
  readonly tree: TreeQueries;
  readonly streams: Pick<TreeStreams, 'checkpoints'>;
  readonly clock: () => Date;
  /** Ends the asking. */
  readonly signal: AbortSignal;
}

/**
 * Has a witness cosign the latest checkpoint, unless it has, and appends what it adds to the stream of checkpoints. Throws NotCosigned, and
 * what the log throws.
 */
export const haveCosigned = async (
  { log, tree, streams, clock, signal }: Cosigning,
  witness: WitnessServer,
): Promise<void> => {
  const checkpoint = tree.latestCheckpoint();
  if (checkpoint === undefined || isCosigned(checkpoint, witness)) return;
  const known = tree.latestCosignatures().find((each) => each.witness === witness.key.name)?.size ?? 0;
  let answer = await ask(witness, known, checkpoint, { tree, signal });
  if (answer.status === 409) {
    const size = /^\d+\n?$/.test(answer.text) ? Number(answer.text) : Number.NaN;
    if (!Number.isSafeInteger(size) || size > checkpoint.size) {
      throw new NotCosigned(`it has cosigned a tree of ${answer.text.trim()} leaves, and there are ${checkpoint.size}`);
    }
    answer = await ask(witness, size, checkpoint, { tree, signal });
  }
  if (answer.status !== 200) throw new NotCosigned(`it answers ${answer.status}: ${answer.text.slice(0, 200).trim()}`);
  const data = cosignatureIn(answer.text, checkpoint, witness);
  const event = checkpointEvent({ type: 'checkpoint-cosigned', data }, clock());
  for (;;) {
    const { checkpoints } = tree.progress();
    try {
      await log.append(streams.checkpoints, checkpoints, [event]);
      return;
    } catch (error) {
      if (!(error instanceof RevisionConflict)) throw error;
    }
    // Something came in between: the next checkpoint, another witness, or this one by another node. Where that is not seen soon, it is
    // asked again next time, and answers the same.
    const isSeen = await eventually(() => tree.progress().checkpoints > checkpoints);
    if (!isSeen || isCosigned(tree.latestCheckpoint(), witness)) return;
  }
};

const isCosigned = (checkpoint: PublishedCheckpoint | undefined, { key }: WitnessServer): boolean =>
  checkpoint?.cosignatures.some(
    ({ witness, line }) => witness === key.name && parseSignatureLine(line.trimEnd()).keyId === key.keyId,
  ) === true;

const ask = async (
  { url }: WitnessServer,
  oldSize: number,
  { size, note }: PublishedCheckpoint,
  { tree, signal }: Pick<Cosigning, 'tree' | 'signal'>,
): Promise<{ readonly status: number; readonly text: string }> => {
  const proof = consistencyProof(tree.tile, oldSize, size).map((hash) => `${hash.toString('base64')}\n`);
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: `old ${oldSize}\n${proof.join('')}\n${note}`,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN_MS)]),
    });
    return { status: response.status, text: await textOf(response) };
  } catch (error) {
    if (error instanceof NotCosigned) throw error;
    throw new NotCosigned(
      `${url} does not answer: ${((error as Error).cause as Error | undefined)?.message ?? (error as Error).message}`,
    );
  }
};

/** The text of an answer. Throws NotCosigned where it is longer than any can be, and reads no more of it then. */
const textOf = async ({ body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST_ANSWER) throw new NotCosigned(`its answer is longer than ${LONGEST_ANSWER} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
