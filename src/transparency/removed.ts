import { LEAVES_KEPT } from '../../domain/access/streams.ts';
import type { EventLogReader, LoggedEvent, Position } from '../event-log/port.ts';
import { entryOf } from './leaf.ts';
import { hashLeaf } from './merkle.ts';
import type { WritableTree } from './tree-file.ts';

/** What the log keeps of events that are removed: the place of each, and the hash of its leaf in base64. */
export interface LeavesKept {
  /** That is removed. */
  readonly stream: string;
  readonly leaves: readonly (readonly [position: Position, hash: string])[];
}

export const leavesOf = (stream: string, events: readonly LoggedEvent[]): LeavesKept => ({
  stream,
  leaves: events.map((event) => [event.position, hashLeaf(entryOf(event)).toString('base64')]),
});

/** Takes note of what an event of the stream of removals says. */
export const noteRemoved = (tree: Pick<WritableTree, 'writeRemoved'>, { type, data }: LoggedEvent): void => {
  if (type !== LEAVES_KEPT) return;
  for (const [position, hash] of (JSON.parse(data) as LeavesKept).leaves) {
    tree.writeRemoved(position, Buffer.from(hash, 'base64'));
  }
};

const EVENTS_AT_ONCE = 20;

/** Takes note of all that was removed so far: a tree that is begun anew has no other way to know of it in time. */
export const learnRemoved = async (
  log: Pick<EventLogReader, 'readStream'>,
  tree: WritableTree,
  removals: string,
): Promise<void> => {
  for (let from = -1; ; ) {
    const events = await log.readStream(removals, { from, limit: EVENTS_AT_ONCE });
    tree.transaction(() => {
      for (const event of events) noteRemoved(tree, event);
    });
    const last = events.at(-1);
    if (last === undefined) return;
    from = last.revision;
  }
};
