import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { LoggedEvent } from '../event-log/port.ts';

/**
 * The categories of the streams whose events are leaves of the tree of what is recorded: those of records. Keys of the vault, checkpoints and what was read by
 * whom are none. A category can be added before it has events, and none can be taken away: the tree would be another.
 */
export const LEAF_CATEGORIES: ReadonlySet<string> = new Set([
  'case',
  'request',
  'handover',
  'statement',
  'office',
  'operation',
  'agreement',
  'meeting',
  'visit',
  'training',
  'twinning',
  'equipment',
  'erasure',
  'reconciliation',
]);

/** What a leaf says of an event: no content, and nothing of where it stands in the log, which another log would number otherwise. */
export interface Leaf {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly recordedAt: string;
  /** `saltedHash` of the data and of the metadata as they are stored. */
  readonly dataHash: string;
  readonly metadataHash: string;
}

/**
 * SHA-256, in hexadecimal digits, of the salt of an event as its metadata have it, a newline, and a stored text: `printf '%s\n%s'
 * "$salt" "$data" | sha256sum`. The salt is random and stands in the metadata alone, so that nobody can try out what the text may be.
 */
const saltedHash = (salt: string, text: string): string => hash('sha256', `${salt}\n${text}`);

/** What is read of the metadata of an event. */
interface Salted {
  readonly recordedAt: string;
  readonly salt: string;
}

type StoredEvent = Pick<LoggedEvent, 'id' | 'stream' | 'revision' | 'type' | 'data' | 'metadata'>;

/** Throws where the metadata of an event are not such as this ledger writes. */
export const leafOf = ({ id, stream, revision, type, data, metadata }: StoredEvent): Leaf => {
  const { recordedAt, salt } = JSON.parse(metadata) as Partial<Salted>;
  if (typeof recordedAt !== 'string' || typeof salt !== 'string') {
    throw new TypeError(`the metadata of event ${id} of ${stream} have no time, or no salt`);
  }
  const [dataHash, metadataHash] = [saltedHash(salt, data), saltedHash(salt, metadata)];
  return { id, stream, revision, type, recordedAt, dataHash, metadataHash };
};

/** The entry of a leaf: canonical JSON (RFC 8785), in UTF-8. */
export const encodeLeaf = (leaf: Leaf): Buffer => Buffer.from(canonicalize(leaf) as string);

/** The entry of an event; see `leafOf` and `encodeLeaf`. */
export const entryOf = (event: StoredEvent): Buffer => encodeLeaf(leafOf(event));
