/** Seconds until a query answers that is to know everything up to a position. */
export const untilShown = async (
  address: string,
  headers: Readonly<Record<string, string>>,
  position: string,
): Promise<number> => {
  const began = performance.now();
  for (;;) {
    const answer = await fetch(`${address}/v1/cases?limit=1`, {
      headers: { ...headers, 'min-event-position': position },
    });
    if (answer.ok) return (performance.now() - began) / 1_000;
    if (answer.status !== 503) throw new Error(`the list of cases answers ${answer.status}: ${await answer.text()}`);
  }
};
