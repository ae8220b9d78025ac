import { type EventData, jsonEvent, type Position as LogPosition, type RecordedEvent } from '@eventstore/db-client';
import { type EventToAppend, type JsonText, type LoggedEvent, LogUnavailable, type Position } from '../port.ts';

/** As many digits as the largest position has, a signed 64-bit number. */
const DIGITS = 19;

const padded = (number: bigint): string => number.toString().padStart(DIGITS, '0');

export const toPosition = ({ commit, prepare }: LogPosition): Position => `${padded(commit)}-${padded(prepare)}`;

/** Throws TypeError for what is no position of this log. */
export const fromPosition = (position: Position): LogPosition => {
  const [, commit, prepare] = /^(\d{19})-(\d{19})$/.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) {
    throw new TypeError(`${position} is no position of an EventStoreDB event log`);
  }
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
};

/** The client writes and reads JSON values, not text: only text that comes back the same may go in. */
const parse = (text: JsonText): unknown => {
  const value: unknown = JSON.parse(text);
  if (JSON.stringify(value) !== text)
    throw new TypeError('the JSON text of an event is not as JSON.stringify writes it');
  return value;
};

/** Throws TypeError for text that would not be kept byte for byte. */
export const toEventData = ({ id, type, data, metadata }: EventToAppend): EventData => {
  const parsed = parse(metadata);
  // Other metadata the client leaves out without a word.
  if (typeof parsed !== 'object' || parsed === null) throw new TypeError('the metadata of an event is not an object');
  // The client's types want an object or text; it takes every JSON value.
  return jsonEvent({ id, type, data: parse(data) as string, metadata: parsed as Record<string, unknown> });
};

/** Streams and events of one ledger as they are called on a server that several share. */
export class LedgerNames {
  readonly #prefix: string;

  /** Throws TypeError for a name that could be taken for part of another ledger's. */
  constructor(ledger: string) {
    if (!/^[\w.-]+$/.test(ledger)) throw new TypeError(`${ledger} cannot be the name of a ledger`);
    this.#prefix = `${ledger}:`;
  }

  onServer(stream: string): string {
    return `${this.#prefix}${stream}`;
  }

  /** How the names on the server begin of streams whose own names begin so; left out: of all streams of the ledger. */
  beginnings(streams: readonly string[] = ['']): string[] {
    return streams.map((beginning) => this.onServer(beginning));
  }

  /** Whether an event is the ledger's own; the mark of a tombstone (`$streamDeleted`) is the server's. */
  owns({ streamId, type }: { readonly streamId: string; readonly type: string }): boolean {
    return streamId.startsWith(this.#prefix) && !type.startsWith('$');
  }

  toLoggedEvent(event: RecordedEvent): LoggedEvent {
    if (event.position === undefined) throw new LogUnavailable('the server tells no positions; it is too old');
    return {
      stream: event.streamId.slice(this.#prefix.length),
      revision: Number(event.revision),
      position: toPosition(event.position),
      id: event.id,
      type: event.type,
      data: JSON.stringify(event.data),
      metadata: JSON.stringify(event.metadata),
    };
  }
}
