import { type EventToAppend, LogOverloaded } from './port.ts';

/** What may wait for a log at once; the numbers are of one process. */
export interface AppendLimits {
  readonly appends: number;
  readonly characters: number;
}

export const charactersOf = (events: readonly EventToAppend[]): number =>
  events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);

/** Keeps what waits for a log within bounds, so that a slow log gives refusals and not a full memory. */
export class AppendBudget {
  readonly #limits: AppendLimits;
  #appends = 0;
  #characters = 0;

  constructor(limits: AppendLimits) {
    this.#limits = limits;
  }

  /** To be given back when the append is settled. Throws LogOverloaded. */
  take(characters: number): void {
    if (this.#appends >= this.#limits.appends || this.#characters + characters > this.#limits.characters) {
      throw new LogOverloaded(`${this.#appends} appends wait for the log already`);
    }
    this.#appends += 1;
    this.#characters += characters;
  }

  giveBack(characters: number): void {
    this.#appends -= 1;
    this.#characters -= characters;
  }
}
