/** Waits until the views of a service are there, and gives the ids of some cases. */
export const idsOfCases = async (
  address: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  for (;;) {
    const answer = await fetch(`${address}/readyz`);
    if (answer.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const answer = await fetch(`${address}/v1/cases?limit=200`, { headers });
  const { cases } = (await answer.json()) as { cases: readonly { id: string }[] };
  return cases.map(({ id }) => id);
};
