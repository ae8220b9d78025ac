import { LEAVES_KEPT } from '../../domain/access/streams.ts';
import type { EventLogReader, LoggedEvent, Position } from '../event-log/port.ts';
import { entryOf } from './leaf.ts';
import { hashLeaf } from './merkle.ts';
import type { WritableTree } from './tree-file.ts';
import type { TreeStreams } from './tree-streams.ts';

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
const noteRemoved = (tree: Pick<WritableTree, 'writeRemoved'>, { type, data }: LoggedEvent): void => {
  if (type !== LEAVES_KEPT) return;
  for (const [position, hash] of (JSON.parse(data) as LeavesKept).leaves) {
    tree.writeRemoved(position, Buffer.from(hash, 'base64'));
  }
};

const EVENTS_AT_ONCE = 20;

/**
 * Takes note of all that was removed of the streams of a tree, each time that it is called: since the last time, and the first time since
 * ever. The leaves of a stream are kept before it is taken away. Whoever reads the log and calls this thereafter therefore knows of
 * each event that was removed before he came by its place; called before the reading it would miss what is removed meanwhile.
 */
export const followRemovals = (
  log: Pick<EventLogReader, 'readStream'>,
  tree: Pick<WritableTree, 'writeRemoved' | 'transaction'>,
  { removals }: Pick<TreeStreams, 'removals'>,
): (() => Promise<void>) => {
  let revision = -1;
  return async () => {
    if (removals === undefined) return;
    for (;;) {
      const events = await log.readStream(removals, { from: revision, limit: EVENTS_AT_ONCE });
      const last = events.at(-1);
      if (last === undefined) return;
      tree.transaction(() => {
        for (const event of events) noteRemoved(tree, event);
      });
      ({ revision } = last);
    }
  };
};
