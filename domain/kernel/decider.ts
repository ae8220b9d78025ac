import type { Event, Recorded } from './event.ts';
import type { Refusal } from './refusal.ts';
import type { Result } from './result.ts';

/**
 * How one kind of stream takes decisions. `decide` is pure: the time, the one who acts and whatever else stands outside
 * of the stream come in through `context`. `evolve` cannot fail on what `decide` has let through.
 */
export interface Decider<State, Command, E extends Event, Context> {
  readonly initial: State;
  readonly decide: (command: Command, state: State, context: Context) => Result<readonly E[], readonly Refusal[]>;
  readonly evolve: (state: State, event: Recorded<E>) => State;
}
