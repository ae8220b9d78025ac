import { createHash, randomUUID } from 'node:crypto';
import { type EventLog, RevisionConflict } from '../event-log/port.ts';
import { checkpointFault, parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { cosign } from './cosignature.ts';
import { EMPTY_ROOT, isConsistent } from './merkle.ts';
import { formatNote, type SignerKey, signatureLine, signaturesBy, type VerifierKey } from './note.ts';
import { parseHashLines } from './proof.ts';

/** This ledger as the witness of others (https://c2sp.org/tlog-witness): it cosigns what goes on from what it has cosigned before. */

/** What came of a request, as the protocol tells it; the text of an answer where there is one. */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly lines: string }
  | { readonly kind: 'malformed' | 'unknown-origin' | 'not-signed' | 'inconsistent'; readonly detail: string }
  /** The witness has cosigned a tree of another size last. */
  | { readonly kind: 'other-size'; readonly size: number };

export interface Witness {
  /** Takes a request body of `add-checkpoint`. Throws what the event log throws. */
  addCheckpoint(body: string): Promise<WitnessAnswer>;
  /** The last checkpoint that was cosigned of the log whose origin has this SHA-256 in hexadecimal digits; undefined where none was. */
  latest(originHash: string): Promise<string | undefined>;
}

/** Each log that is witnessed has a stream of its own; its events are no leaves of this ledger's tree. */
const witnessStream = (originHash: string): string => `witness-${originHash}`;

const hashOfOrigin = (origin: string): string => createHash('sha256').update(origin).digest('hex');

/** So many lines of a proof at most. */
const LONGEST_PROOF = 63;

const REQUEST = /^old (?<old>0|[1-9]\d*)\n(?<proof>(?:[A-Za-z0-9+/]+={0,2}\n)*)\n(?<note>.*)$/s;

interface Request {
  readonly oldSize: number;
  readonly proof: readonly Buffer[];
  readonly checkpoint: SignedCheckpoint;
}

/** Throws where the body is not as the protocol has it; the message says why. */
const parseRequest = (body: string): Request => {
  const { old, proof = '', note } = REQUEST.exec(body)?.groups ?? {};
  if (old === undefined || note === undefined || !Number.isSafeInteger(Number(old))) {
    throw new Error('expected `old <size>`, lines of a consistency proof, an empty line and a checkpoint');
  }
  const hashes = parseHashLines(proof);
  if (hashes.length > LONGEST_PROOF) throw new Error(`a proof has at most ${LONGEST_PROOF} lines`);
  const checkpoint = parseCheckpoint(note);
  if (Number(old) > checkpoint.size) throw new Error('the old size is larger than that of the checkpoint');
  return { oldSize: Number(old), proof: hashes, checkpoint };
};

/** Anybody may ask for what was cosigned last, so that it is not read from the log each time; another node may have cosigned since. */
const SHOWN_FOR_MS = 2_000;

/** How often another node may be faster before it is left to the one who asks to ask again. */
const ATTEMPTS = 8;

export const createWitness = ({
  log,
  logs,
  signer,
  clock,
}: {
  readonly log: Pick<EventLog, 'append' | 'readStream'>;
  /** The keys of the logs that are witnessed. */
  readonly logs: readonly VerifierKey[];
  readonly signer: SignerKey;
  readonly clock: () => Date;
}): Witness => {
  const cosignedLast = async (originHash: string) => {
    const [last] = await log.readStream(witnessStream(originHash), { direction: 'backwards', limit: 1 });
    if (last === undefined) return { revision: 'no-stream' as const, note: undefined };
    return { revision: last.revision, note: (JSON.parse(last.data) as { readonly note: string }).note };
  };

  const shown = new Map<string, { readonly note: string | undefined; readonly readAt: number }>();

  const attempt = async ({ oldSize, proof, checkpoint }: Request, key: VerifierKey): Promise<WitnessAnswer> => {
    const { origin, size, root } = checkpoint;
    const originHash = hashOfOrigin(origin);
    const { revision, note } = await cosignedLast(originHash);
    const last = note === undefined ? { size: 0, root: EMPTY_ROOT } : parseCheckpoint(note);
    if (oldSize !== last.size) return { kind: 'other-size', size: last.size };
    // With the empty tree every other begins, and there is nothing to prove.
    const goesOn =
      last.size === 0
        ? proof.length === 0 && (size > 0 || root.equals(EMPTY_ROOT))
        : isConsistent(last, checkpoint, proof);
    if (!goesOn) {
      const detail = `the tree of ${size} leaves is not shown to begin with that of ${last.size} which was cosigned`;
      return { kind: 'inconsistent', detail };
    }
    const { text } = checkpoint.note;
    const cosignature = cosign(text, signer, clock());
    const cosigned = formatNote({ text, signatures: [...signaturesBy(checkpoint.note, key), cosignature] });
    await log.append(witnessStream(originHash), revision, [
      {
        id: randomUUID(),
        type: 'checkpoint-witnessed',
        data: JSON.stringify({ note: cosigned }),
        metadata: JSON.stringify({ recordedAt: clock().toISOString() }),
      },
    ]);
    shown.delete(originHash);
    return { kind: 'cosigned', lines: signatureLine(cosignature) };
  };

  return {
    addCheckpoint: async (body) => {
      let request: Request;
      try {
        request = parseRequest(body);
      } catch (error) {
        return { kind: 'malformed', detail: (error as Error).message };
      }
      const { checkpoint } = request;
      const key = logs.find(({ name }) => name === checkpoint.origin);
      if (key === undefined)
        return { kind: 'unknown-origin', detail: `${checkpoint.origin} is no log of this witness` };
      const fault = checkpointFault(checkpoint, key);
      if (fault !== undefined) return { kind: 'not-signed', detail: fault };
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await attempt(request, key);
        } catch (error) {
          if (!(error instanceof RevisionConflict) || attempts >= ATTEMPTS) throw error;
        }
      }
    },
    latest: async (originHash) => {
      if (!logs.some(({ name }) => hashOfOrigin(name) === originHash)) return undefined;
      const known = shown.get(originHash);
      if (known !== undefined && clock().getTime() - known.readAt < SHOWN_FOR_MS) return known.note;
      const { note } = await cosignedLast(originHash);
      shown.set(originHash, { note, readAt: clock().getTime() });
      return note;
    },
  };
};
