import { AppendBudget } from '../append-budget.ts';

/** More at once does not make the server faster: it only makes its answers late. */
const AT_ONCE = 128;

/** A second or two of the server's work. */
const LIMITS = { appends: 4_096, characters: 64 * 1024 * 1024 };

/** Lets so many appends at once through to the server; the others wait, in order and up to a limit. */
export class AppendGate {
  readonly #budget = new AppendBudget(LIMITS);
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  /** Throws LogOverloaded, and what `append` throws. */
  async pass<Answer>(characters: number, append: () => Promise<Answer>): Promise<Answer> {
    this.#budget.take(characters);
    if (this.#underWay >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#underWay += 1;
    try {
      return await append();
    } finally {
      this.#budget.giveBack(characters);
      const next = this.#waiting.shift();
      if (next === undefined) this.#underWay -= 1;
      else next(); // It takes over the place.
    }
  }
}
