/**
 * Lets whoever wants the same thing have it one after the other, in the order in which they came. A turn is a favour and no lock: where the one
 * before takes longer than `patienceMs`, the next goes ahead.
 */
export const createTurns = (patienceMs: number) => {
  const latest = new Map<string, Promise<void>>();

  return async <Answer>(of: string, work: () => Promise<Answer>): Promise<Answer> => {
    const before = latest.get(of);
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    latest.set(of, over);
    try {
      if (before !== undefined) await unlessTooLong(before, patienceMs);
      return await work();
    } finally {
      end();
      if (latest.get(of) === over) latest.delete(of);
    }
  };
};

const unlessTooLong = (turn: Promise<void>, patienceMs: number): Promise<void> => {
  if (patienceMs === Number.POSITIVE_INFINITY) return turn;
  let timer: NodeJS.Timeout;
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  return Promise.race([turn, tooLong]).finally(() => clearTimeout(timer));
};
