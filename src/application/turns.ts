/**
 * Lets whoever wants the same thing have it one after the other, in the order in which they came. A turn is a favour and no lock: of one that
 * takes longer than `patienceMs` the next does not wait for the end.
 */
export const createTurns = (patienceMs: number) => {
  const latest = new Map<string, Promise<void>>();

  return async <Answer>(of: string, work: () => Promise<Answer>): Promise<Answer> => {
    const before = latest.get(of);
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    latest.set(of, over);
    await before;
    const tooLong = setTimeout(end, patienceMs).unref();
    try {
      return await work();
    } finally {
      clearTimeout(tooLong);
      end();
      if (latest.get(of) === over) latest.delete(of);
    }
  };
};
