import type { Side } from '../kernel/sides.ts';
import type { Doubt, Way } from './evidence.ts';
import type { OwnHandover, TheirLine } from './lines.ts';
import { knownTo, type Told } from './told.ts';

/** A line of theirs, and a handover of ours, made ready to be compared. */
export interface Theirs {
  readonly line: TheirLine;
  readonly told: Told;
}
export interface Ours {
  readonly own: OwnHandover;
  readonly told: Told;
}

export interface Pair {
  readonly theirs: Theirs;
  readonly ours: Ours;
}

/** Lines and handovers of which nothing tells which is which. */
export interface Tangle {
  readonly theirs: readonly Theirs[];
  readonly ours: readonly Ours[];
}

export interface Paired {
  readonly pairs: readonly Pair[];
  readonly tangles: readonly Tangle[];
}

/** Those of one book that one way of bringing together does not tell apart: what pairs with one of them pairs with all, alike. */
interface Alike<Item> {
  readonly told: Told;
  readonly items: readonly Item[];
}

interface AlikeOfOurs extends Alike<Ours> {
  isTaken: boolean;
  /** The look at which it was come upon last: it can be found under several keys. */
  seenAt: number;
}

interface AlikeOfTheirs extends Alike<Theirs> {
  /** Those of ours that have a key in common with it, by the keys. */
  readonly found: readonly (readonly AlikeOfOurs[])[];
}

/** Those of ours of which least speaks against being one of theirs. */
interface Closest {
  readonly doubt: Doubt;
  readonly ours: readonly AlikeOfOurs[];
}

/**
 * Pairs by one way of bringing them together, those of which least speaks against before all others. Two long lists can have more pairs than
 * there is room for: they are looked at again when they are asked for, and never kept.
 */
export const pairUp = (theirs: readonly Theirs[], ours: readonly Ours[], way: Way, theirSide: Side): Paired => {
  const closestTo = finderOfClosest(way, theirSide);
  const waiting = new Map<Doubt, AlikeOfTheirs[]>();
  for (const each of bothAlike(theirs, ours, way)) {
    const closest = closestTo(each);
    if (closest !== undefined) addTo(waiting, closest.doubt, each);
  }
  const tangles: Tangle[] = [];
  while (waiting.size > 0) {
    const doubt = Math.min(...waiting.keys());
    const level = waiting.get(doubt) ?? [];
    waiting.delete(doubt);
    const groups = new Groups();
    for (const each of level) {
      // The closest of before may have gone with others meanwhile.
      const closest = closestTo(each);
      if (closest?.doubt === doubt) groups.join(each, closest.ours);
      else if (closest !== undefined) addTo(waiting, closest.doubt, each);
    }
    for (const group of groups.all()) {
      for (const each of group.ours) each.isTaken = true;
      tangles.push({
        theirs: group.theirs.flatMap(({ items }) => items),
        ours: group.ours.flatMap(({ items }) => items),
      });
    }
  }
  return {
    pairs: tangles.filter(isPair).map(({ theirs: [line], ours: [own] }) => ({ theirs: line, ours: own })),
    tangles: tangles.filter((tangle) => !isPair(tangle)),
  };
};

const isPair = (tangle: Tangle): tangle is { readonly theirs: readonly [Theirs]; readonly ours: readonly [Ours] } =>
  tangle.theirs.length === 1 && tangle.ours.length === 1;

/** Those of theirs, each with those of ours that it can be. */
const bothAlike = (
  theirs: readonly Theirs[],
  ours: readonly Ours[],
  { keysOf, seen }: Way,
): readonly AlikeOfTheirs[] => {
  const knownToThem = knownTo(theirs.map(({ told }) => told));
  const knownToUs = knownTo(ours.map(({ told }) => told));
  const byKey = new Map<string, AlikeOfOurs[]>();
  for (const each of alike(ours, (told) => seen(knownToThem(told)))) {
    const own: AlikeOfOurs = { ...each, isTaken: false, seenAt: 0 };
    for (const key of keysOf(each.told, 'ours')) addTo(byKey, key, own);
  }
  return alike(theirs, (told) => seen(knownToUs(told))).map((each) => ({
    ...each,
    found: keysOf(each.told, 'theirs').flatMap((key) => {
      const found = byKey.get(key);
      return found === undefined ? [] : [found];
    }),
  }));
};

const alike = <Item extends { readonly told: Told }>(
  items: readonly Item[],
  seen: Way['seen'],
): readonly Alike<Item>[] =>
  [...Map.groupBy(items, ({ told }) => JSON.stringify(seen(told))).values()].map((group) => ({
    told: (group[0] as Item).told,
    items: group,
  }));

/** Finds the closest ones that are not taken; undefined where there is none. */
const finderOfClosest = ({ doubtOf }: Way, theirSide: Side): ((theirs: AlikeOfTheirs) => Closest | undefined) => {
  let looks = 0;
  return ({ told, found }) => {
    looks++;
    let closest: { readonly doubt: Doubt; readonly ours: AlikeOfOurs[] } | undefined;
    for (const ours of found) {
      for (const each of ours) {
        if (each.isTaken || each.seenAt === looks) continue;
        each.seenAt = looks;
        const doubt = doubtOf(told, each.told, theirSide);
        if (doubt === undefined || (closest !== undefined && doubt > closest.doubt)) continue;
        if (doubt === closest?.doubt) closest.ours.push(each);
        else closest = { doubt, ours: [each] };
      }
    }
    return closest;
  };
};

interface Group {
  readonly theirs: AlikeOfTheirs[];
  readonly ours: AlikeOfOurs[];
}

/** What hangs together: each of theirs and of ours stands in one group. */
class Groups {
  readonly #ofOurs = new Map<AlikeOfOurs, Group>();

  join(theirs: AlikeOfTheirs, ours: readonly AlikeOfOurs[]): void {
    let group: Group = { theirs: [theirs], ours: [] };
    for (const each of ours) {
      const other = this.#ofOurs.get(each);
      if (other === group) continue;
      if (other === undefined) this.#add(each, group);
      else group = this.#merge(group, other);
    }
  }

  all(): ReadonlySet<Group> {
    return new Set(this.#ofOurs.values());
  }

  #add(ours: AlikeOfOurs, group: Group): void {
    group.ours.push(ours);
    this.#ofOurs.set(ours, group);
  }

  #merge(a: Group, b: Group): Group {
    const [smaller, larger] = a.ours.length < b.ours.length ? [a, b] : [b, a];
    for (const each of smaller.theirs) larger.theirs.push(each);
    for (const each of smaller.ours) this.#add(each, larger);
    return larger;
  }
}

const addTo = <Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
};
