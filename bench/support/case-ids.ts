/** The ids of some cases of a service that is ready. */
export const idsOfCases = async (
  address: string,
  headers: Readonly<Record<string, string>>,
): Promise<readonly string[]> => {
  const answer = await fetch(`${address}/v1/cases?limit=200`, { headers });
  const { cases } = (await answer.json()) as { cases: readonly { id: string }[] };
  return cases.map(({ id }) => id);
};
