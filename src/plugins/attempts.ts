import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';

export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

/** Whoever has more addresses than this is not kept out by counting them. */
const ADDRESSES = 10_000;

/** Counts what addresses try, each in windows of its own that begin with its first try; no more addresses than can be kept. */
export const createAttempts = ({ max, windowMs }: Limit, now: () => number = () => performance.now()) => {
  const counts = new LRUCache<string, { readonly since: number; count: number }>({ max: ADDRESSES });

  const countOf = (address: string) => {
    const network = networkOf(address);
    const known = counts.get(network);
    if (known !== undefined && now() - known.since < windowMs) return known;
    const begun = { since: now(), count: 0 };
    counts.set(network, begun);
    return begun;
  };

  return {
    /** Takes one of those that are left; gives 0, or for how many milliseconds none is left. */
    take: (address: string): number => {
      const counted = countOf(address);
      if (counted.count >= max) return Math.max(counted.since + windowMs - now(), 1);
      counted.count++;
      return 0;
    },
    /** Of a try that is not to count. */
    giveBack: (address: string): void => {
      const counted = countOf(address);
      counted.count = Math.max(counted.count - 1, 0);
    },
  };
};

const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/i;

/** Whoever has an address of IPv6 has all that begin with the same 64 bits (RFC 6177). */
const networkOf = (address: string): string => {
  const plain = address.replace(IPV4_IN_IPV6, '');
  if (!isIPv6(plain)) return plain;
  const [first = '', last] = plain.split('%', 1)[0]?.split('::') ?? [];
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const left = groups(first);
  const missing = last === undefined ? 0 : Math.max(8 - left.length - groups(last).length, 0);
  return [...left, ...Array(missing).fill('0'), ...groups(last ?? '')].slice(0, 4).join(':');
};
