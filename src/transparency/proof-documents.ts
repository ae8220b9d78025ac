import { z } from 'zod';
import { instantSchema } from '../../domain/kernel/time.ts';
import type { LoggedEvent } from '../event-log/port.ts';
import { leafOf } from './leaf.ts';
import { consistencyProof } from './merkle.ts';
import { formatLeafProof } from './proof.ts';
import { type TreeQueries, withCosignatures } from './tree-file.ts';

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, { error: 'expected a SHA-256 in hexadecimal digits' });
const sizeSchema = z.int().min(0);

/** The hashes of a proof, in base64. */
export const proofHashesSchema = z.array(z.base64().length(44, { error: 'expected a hash of 32 bytes in base64' }));

/** The proof that an event is in the signed tree. */
export const eventProofSchema = z.strictObject({
  leaf: z
    .strictObject({
      id: z.uuid(),
      stream: z.string(),
      revision: z.int(),
      type: z.string(),
      recordedAt: instantSchema,
      dataHash: hashSchema,
      metadataHash: hashSchema,
    })
    .describe('In canonical JSON (RFC 8785) it is the entry of the log'),
  index: z.int().describe('The place of the leaf in the tree'),
  proof: z.string().describe('A proof as c2sp.org/tlog-proof writes it, with the signed checkpoint'),
});

export type EventProof = z.infer<typeof eventProofSchema>;

/** The proof that a tree begins with an earlier one (RFC 6962, section 2.1.2). */
export const consistencyProofSchema = z.strictObject({
  from: sizeSchema,
  to: sizeSchema,
  proof: proofHashesSchema,
});

export type ConsistencyProof = z.infer<typeof consistencyProofSchema>;

/** Proves an event by the latest checkpoint; undefined where none that is signed has it yet. */
export const proveEvent = (
  tree: Pick<TreeQueries, 'leafAt' | 'latestCheckpoint' | 'tile'>,
  event: LoggedEvent,
): EventProof | undefined => {
  const index = tree.leafAt(event.position);
  const checkpoint = tree.latestCheckpoint();
  if (index === undefined || checkpoint === undefined || index >= checkpoint.size) return undefined;
  const proof = formatLeafProof(tree.tile, index, checkpoint.size, withCosignatures(checkpoint));
  return { leaf: leafOf(event) as EventProof['leaf'], index, proof };
};

/** Throws RangeError where `from` is larger than `to`, or `to` than the tree. */
export const proveConsistency = ({ tile }: Pick<TreeQueries, 'tile'>, from: number, to: number): ConsistencyProof => ({
  from,
  to,
  proof: consistencyProof(tile, from, to).map((hash) => hash.toString('base64')),
});
