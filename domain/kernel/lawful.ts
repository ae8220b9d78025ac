import { EMPTY_HISTORY, extendHistory, type History, type RecordedEvent } from './fold.ts';
import type { EffectiveEvent, RecordState, Rules } from './record.ts';

/** An event that cannot stand where it does in the history of its record. */
export interface Unlawful {
  readonly event: RecordedEvent;
  readonly message: string;
}

/**
 * The first event of a record that its lifecycle table has no row for, by whoever's word, or that leaves the record with a history that it
 * has none for; undefined where there is none. What else was asked of it when it was recorded is a matter of the rules of that time.
 */
export const findUnlawful = <State extends RecordState, E extends EffectiveEvent>(
  rules: Rules<State, E>,
  recorded: readonly RecordedEvent[],
): Unlawful | undefined => {
  let history: History<State, E> = EMPTY_HISTORY;
  for (const event of recorded) {
    try {
      history = extendHistory(rules, history, event);
    } catch (error) {
      return { event, message: (error as Error).message };
    }
  }
  return undefined;
};
