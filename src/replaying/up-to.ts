import type { SourceEvent, SourceMessage } from '../../projections/runner.ts';
import type { AsOf } from '../../projections/times.ts';

/** How far a log is replayed: to the end of a view, and of that to a position or to what was known by an instant. */
export interface ReplayEnd {
  readonly viewAt: string;
  readonly to?: AsOf | undefined;
}

/** The place up to which all of it was replayed. */
export interface Reached {
  position: string;
  /** How many events of records were replayed. */
  events: number;
}

/** What comes from a log up to an end, or to the end of the log where that comes first; `reached` is kept up to date. */
export async function* upTo(
  messages: AsyncIterable<SourceMessage>,
  { viewAt, to }: ReplayEnd,
  reached: Reached,
): AsyncGenerator<SourceMessage, void, undefined> {
  const last = to !== undefined && 'position' in to ? to.position : viewAt;
  const isKnown = to !== undefined && 'instant' in to ? knownBy(to.instant) : () => true;
  for await (const message of messages) {
    if (message.kind === 'caught-up') return;
    const events = message.kind === 'events' ? message.events.filter(({ position }) => position <= last) : [];
    const unknown = events.findIndex((event) => !isKnown(event));
    const taken = unknown < 0 ? events : events.slice(0, unknown);
    const isOver = unknown >= 0 || message.position >= last;
    if (unknown >= 0) reached.position = taken.at(-1)?.position ?? reached.position;
    else reached.position = message.position < last ? message.position : last;
    reached.events += taken.length;
    if (taken.length > 0) yield { kind: 'events', events: taken, position: reached.position };
    else yield { kind: 'scanned', position: reached.position };
    if (isOver) return;
  }
}

/** What was known at an instant is a prefix of the log: it ends with the first event that was recorded later. */
const knownBy = (instant: string): ((event: SourceEvent) => boolean) => {
  return (event) => event.decode().event.recordedAt <= instant;
};
