import type { WriteResult } from './writer.ts';

/** Nothing of it is answered as written; whether it was is unknown. */
export interface WriteFailure {
  readonly kind: 'failed';
  readonly message: string;
}

export type WriteOutcome = WriteResult | WriteFailure;

/**
 * Outcomes on their way back from the writer's thread, packed as the requests were and for the same reason: revision and
 * position of each that was appended, and apart from them, by their place, the few that were not.
 */
export interface PackedResults {
  readonly numbers: Float64Array;
  readonly others: ReadonlyMap<number, WriteOutcome>;
}

export const packResults = (outcomes: readonly WriteOutcome[]): PackedResults => {
  const numbers = new Float64Array(outcomes.length * 2);
  const others = new Map<number, WriteOutcome>();
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome.kind === 'appended') {
      numbers[index * 2] = outcome.revision;
      numbers[index * 2 + 1] = outcome.position;
    } else {
      others.set(index, outcome);
    }
  }
  return { numbers, others };
};

export const unpackResults = ({ numbers, others }: PackedResults): readonly WriteOutcome[] =>
  Array.from({ length: numbers.length / 2 }, (_, index) => {
    const appended = {
      kind: 'appended',
      revision: numbers[index * 2],
      position: numbers[index * 2 + 1],
    } as WriteOutcome;
    return others.get(index) ?? appended;
  });
