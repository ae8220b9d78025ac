import type { SourceMessage } from '../../projections/runner.ts';

/** How much was replayed. */
export interface Replayed {
  /** Events of records. */
  events: number;
}

/** What comes from a log up to a position, or to the end of the log where that comes first; `replayed` is kept up to date. */
export async function* upTo(
  messages: AsyncIterable<SourceMessage>,
  last: string,
  replayed: Replayed,
): AsyncGenerator<SourceMessage, void, undefined> {
  for await (const message of messages) {
    if (message.kind === 'caught-up') return;
    const position = message.position < last ? message.position : last;
    const events = message.kind === 'events' ? message.events.filter((event) => event.position <= last) : [];
    replayed.events += events.length;
    yield events.length > 0 ? { kind: 'events', events, position } : { kind: 'scanned', position };
    if (position === last) return;
  }
}
