import type { Event, Fields, Recorded } from './event.ts';
import type { OccurredAt } from './time.ts';

/**
 * Recorded events are never edited. Three events put a mistake right: `corrected` changes fields of an earlier event,
 * `annulled` takes an event back, `recorded-late` brings in one that was left out and names the event after which it belongs;
 * it is the word of the one who states it late. State is folded from the effective history that they leave.
 */
export type Revising =
  | Event<
      'corrected',
      {
        readonly eventId: string;
        readonly eventType: string;
        readonly occurredAt?: OccurredAt | undefined;
        /** New values by field; null takes the field away. */
        readonly changes: Fields;
        /** The same for fields that are sealed; absent where they were not unsealed. */
        readonly sealedChanges?: Fields | undefined;
      }
    >
  | Event<'annulled', { readonly eventId: string }>
  | Event<
      'recorded-late',
      {
        readonly after: string;
        readonly event: { readonly type: string; readonly occurredAt: OccurredAt; readonly data: Fields };
        readonly sealedData?: Fields | undefined;
      }
    >;

export const REVISING_TYPES = ['corrected', 'annulled', 'recorded-late'] as const;

export const isRevisingType = (type: string): type is Revising['type'] =>
  (REVISING_TYPES as readonly string[]).includes(type);

export const isRevising = <E extends Event>(event: E): event is Extract<E, { type: Revising['type'] }> =>
  isRevisingType(event.type);

/** An event of the effective history: an ordinary event as it reads after all that put it right. */
export type Effective<E extends Event> = Recorded<Exclude<E, { type: Revising['type'] }>> & {
  /** Ids of the events that corrected it. */
  readonly correctedBy: readonly string[];
};

/**
 * The history as it is to be read now, in the order in which things happened according to the ledger.
 *
 * `recorded` is a stream's events in order of their revision. A late event has the id of the event that brought it in,
 * and stands directly after the one that it names, before others that were brought in there earlier. An annulled first event annuls the whole stream.
 */
export const effectiveHistory = <E extends Event>(
  recorded: readonly Recorded<E | Revising>[],
): readonly Effective<E>[] => {
  const annulled = new Set<string>();
  for (const event of recorded) if (event.type === 'annulled') annulled.add((event as Recorded<Annulled>).data.eventId);

  const first = recorded[0];
  if (first === undefined || annulled.has(first.id)) return [];

  const ordered: Effective<E>[] = [];
  const corrections: Recorded<Corrected>[] = [];
  for (const event of recorded) {
    if (event.type === 'annulled') continue;
    if (event.type === 'corrected') {
      if (!annulled.has(event.id)) corrections.push(event as Recorded<Corrected>);
    } else if (event.type === 'recorded-late') {
      const late = event as Recorded<RecordedLate>;
      const place = ordered.findIndex((earlier) => earlier.id === late.data.after);
      ordered.splice(place + 1, 0, asOrdinary<E>(late));
    } else {
      ordered.push({ ...(event as Recorded<E>), correctedBy: [] } as unknown as Effective<E>);
    }
  }

  const standing = ordered.filter((event) => !annulled.has(event.id));
  if (corrections.length === 0) return standing;
  const byTarget = Map.groupBy(corrections, (correction) => correction.data.eventId);
  return standing.map((event) => (byTarget.get(event.id) ?? []).reduce(applyCorrection, event));
};

type Corrected = Extract<Revising, { type: 'corrected' }>;
type Annulled = Extract<Revising, { type: 'annulled' }>;
type RecordedLate = Extract<Revising, { type: 'recorded-late' }>;

const asOrdinary = <E extends Event>({ data, ...recording }: Recorded<RecordedLate>): Effective<E> =>
  ({
    ...recording,
    ...data.event,
    data: { ...data.event.data, ...data.sealedData },
    correctedBy: [],
  }) as unknown as Effective<E>;

const applyCorrection = <E extends Event>(event: Effective<E>, correction: Recorded<Corrected>): Effective<E> => {
  const changes = { ...correction.data.changes, ...correction.data.sealedChanges };
  const merged = Object.entries({ ...(event.data as Fields), ...changes }).filter(([, value]) => value !== null);
  return {
    ...event,
    occurredAt: correction.data.occurredAt ?? event.occurredAt,
    data: Object.fromEntries(merged),
    correctedBy: [...event.correctedBy, correction.id],
  };
};
