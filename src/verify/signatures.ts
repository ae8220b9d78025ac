import { checkpointFault, parseCheckpoint, type SignedCheckpoint } from '../transparency/checkpoint.ts';
import { cosignedAt } from '../transparency/cosignature.ts';
import type { VerifierKey } from '../transparency/note.ts';

/** What whoever verifies has from elsewhere, and trusts. */
export interface Trusted {
  /** Of the log. */
  readonly key: VerifierKey;
  /** Witnesses that are to have cosigned. */
  readonly witnesses: readonly VerifierKey[];
  /** Other checkpoints of the log, each with what it is called. */
  readonly seen: readonly { readonly what: string; readonly text: string }[];
}

/** Who has signed a checkpoint, held against who is to have signed it. */
export const faultsOfSignatures = (
  checkpoint: SignedCheckpoint,
  { key, witnesses }: Pick<Trusted, 'key' | 'witnesses'>,
): {
  /** When each witness had cosigned it. */
  readonly cosigned: readonly { readonly name: string; readonly at: Date }[];
  readonly faults: readonly string[];
} => {
  const fault = checkpointFault(checkpoint, key);
  const times = witnesses.map((witness) => ({ name: witness.name, at: cosignedAt(checkpoint.note, witness) }));
  return {
    cosigned: times.flatMap(({ name, at }) => (at === undefined ? [] : [{ name, at }])),
    faults: [
      ...(fault === undefined ? [] : [`the checkpoint: ${fault}`]),
      ...times.flatMap(({ name, at }) => (at === undefined ? [`the checkpoint is not cosigned by ${name}`] : [])),
    ],
  };
};

/** Another checkpoint of a log, which somebody has kept; or why it is none. */
export const readSeen = ({ what, text }: Trusted['seen'][number], key: VerifierKey): SignedCheckpoint | string => {
  try {
    const checkpoint = parseCheckpoint(text);
    const fault = checkpointFault(checkpoint, key);
    return fault === undefined ? checkpoint : `${what}: ${fault}`;
  } catch (error) {
    return `${what} cannot be read: ${(error as Error).message}`;
  }
};
