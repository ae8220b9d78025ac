import { BACKWARDS, END, START } from '@eventstore/db-client';
import type { Position } from '../port.ts';
import type { Lease } from './connection.ts';
import { fromPosition, type LedgerNames, toPosition } from './encoding.ts';
import type { Credentials } from './settings.ts';
import { itemsOf } from './streaming-read.ts';

/** What lies in the log of all ledgers after a position. */
export interface Ahead {
  /** The first event of the ledger, and of the streams that were asked for, where it was found. */
  readonly own: Position | undefined;
  /** How far there is none before it. */
  readonly scanned: Position | undefined;
}

/** How far to look for an event that a subscription has not delivered: more than the server passes over in silence. */
const LOOKED_AT = 1_024;

/** Looks at the end of the log of all ledgers: the client can read it only as a whole. */
export class LogEnd {
  readonly #names: LedgerNames;
  readonly #credentials: Credentials;
  #lastOwn: Position | undefined;
  /** Up to here it is known which event of the ledger is the last. */
  #knownUpTo: Position | undefined;

  constructor(names: LedgerNames, credentials: Credentials) {
    this.#names = names;
    this.#credentials = credentials;
  }

  /** To be told of events that were seen, so that looking for the last one ends there. */
  seen(position: Position): void {
    if (this.#lastOwn === undefined || position > this.#lastOwn) this.#lastOwn = position;
  }

  /** Position of the ledger's last event, read backwards from the end to where it was read the last time. */
  async head({ client, retired }: Lease): Promise<Position | undefined> {
    const read = client.readAll({ ...this.#options(), direction: BACKWARDS, fromPosition: END }, { highWaterMark: 16 });
    let end: Position | undefined;
    for await (const { event } of itemsOf(read, retired)) {
      if (event === undefined) continue;
      const position = toPosition(event.position);
      end ??= position;
      if (this.#names.owns(event)) this.seen(position);
      if (position <= (this.#lastOwn ?? '') || position <= (this.#knownUpTo ?? '')) break;
    }
    this.#knownUpTo = end ?? this.#knownUpTo;
    return this.#lastOwn;
  }

  /** Looks from a position forwards for an event of the ledger, of some streams if they are said. */
  async ahead(
    { client, retired }: Lease,
    after: Position | undefined,
    streams: readonly string[] | undefined,
  ): Promise<Ahead> {
    const beginnings = this.#names.beginnings(streams);
    const fromPositionOrStart = after === undefined ? START : fromPosition(after);
    const read = client.readAll({ ...this.#options(), fromPosition: fromPositionOrStart, maxCount: LOOKED_AT });
    let scanned = after;
    for await (const { event } of itemsOf(read, retired)) {
      if (event === undefined) continue;
      const position = toPosition(event.position);
      if (after !== undefined && position <= after) continue; // Reading, unlike subscribing, begins with it.
      const isAskedFor = beginnings.some((beginning) => event.streamId.startsWith(beginning));
      if (isAskedFor && this.#names.owns(event)) return { own: position, scanned };
      scanned = position;
    }
    return { own: undefined, scanned };
  }

  /** Of the leader: another node may not have the last events yet. */
  #options() {
    return { credentials: this.#credentials, requiresLeader: true };
  }
}
