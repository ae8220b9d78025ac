import type { LoggedEvent } from '../event-log/port.ts';
import { entryOf } from './leaf.ts';
import { EMPTY_ROOT, hashLeaf, hashNode } from './merkle.ts';
import { isRecordLeaf } from './tree-streams.ts';

/** A tree by its size and its root. */
export interface TreeHead {
  readonly size: number;
  readonly root: Buffer;
}

/** A perfect subtree by its root. */
interface Subtree {
  readonly height: number;
  readonly root: Buffer;
}

/** Follows the tree over leaves that come one after the other, and keeps no more of it than the perfect subtrees that it is made of. */
export const followTreeHead = () => {
  /** The largest first: of each height at most one, as the size has bits. */
  const subtrees: Subtree[] = [];
  let size = 0;
  return {
    addLeaf: (leafHash: Buffer): void => {
      let added: Subtree = { height: 0, root: leafHash };
      for (let left = subtrees.at(-1); left?.height === added.height; left = subtrees.at(-1)) {
        added = { height: added.height + 1, root: hashNode(left.root, added.root) };
        subtrees.pop();
      }
      subtrees.push(added);
      size += 1;
    },
    size: (): number => size,
    head: (): TreeHead => {
      const roots = subtrees.map(({ root }) => root);
      return {
        size,
        root: roots.length === 0 ? EMPTY_ROOT : roots.reduceRight((right, left) => hashNode(left, right)),
      };
    },
  };
};

/** Follows the tree over stored events in log order; what is no leaf is passed over. `add` throws as `leafOf` does. */
export const followTreeOfEvents = () => {
  const { addLeaf, head } = followTreeHead();
  return {
    add: (event: Omit<LoggedEvent, 'position'>): void => {
      if (isRecordLeaf(event.stream)) addLeaf(hashLeaf(entryOf(event)));
    },
    head,
  };
};

/** Such as `9 leaves, root k1…=`, the same for the same history on every log. */
export const describeTreeHead = ({ size, root }: TreeHead): string => `${size} leaves, root ${root.toString('base64')}`;
