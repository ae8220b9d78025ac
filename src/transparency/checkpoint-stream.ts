import { randomUUID } from 'node:crypto';
import type { EventToAppend, LoggedEvent } from '../event-log/port.ts';

/** What stands in the stream of the checkpoints of a tree: a checkpoint that the ledger has signed, or what a witness has added to one. */
export type CheckpointEvent =
  | { readonly type: 'checkpoint-signed'; readonly data: { readonly note: string } }
  | { readonly type: 'checkpoint-cosigned'; readonly data: Cosigned };

export interface Cosigned {
  /** Of the tree of the checkpoint. */
  readonly size: number;
  /** The name of the witness's key. */
  readonly witness: string;
  readonly cosignedAt: string;
  /** Its line in the note, with the newline. */
  readonly line: string;
}

export const checkpointEvent = ({ type, data }: CheckpointEvent, now: Date): EventToAppend => ({
  id: randomUUID(),
  type,
  data: JSON.stringify(data),
  metadata: JSON.stringify({ recordedAt: now.toISOString() }),
});

export const readCheckpointEvent = ({ type, data }: Pick<LoggedEvent, 'type' | 'data'>): CheckpointEvent =>
  ({ type, data: JSON.parse(data) }) as CheckpointEvent;
