import { type At, daysBy } from '../kernel/at.ts';
import type { PlainDate } from '../kernel/time.ts';

/** First and last day, both included. */
export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** The days of a period of which something can be told: what had happened by `to` is counted, what can have by `begun` is left open. */
export interface CountedDays extends Period {
  readonly begun: PlainDate;
}

const earlier = (a: PlainDate, b: PlainDate): PlainDate => (a < b ? a : b);

/** Of a period as far as it was over by a time. */
export const countedDays = ({ from, to }: Period, at: At | undefined): CountedDays => {
  if (at === undefined) return { from, to, begun: to };
  const { over, begun } = daysBy(at);
  return { from, to: earlier(to, over), begun: earlier(to, begun) };
};
