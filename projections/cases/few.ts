import type { QueryDatabase } from '../query-database.ts';

/** An office that sees fewer cases than this is served from its cases; of one that sees more, some are found soon in any order. */
const FEW_CASES = 3_000;

/** Whether an office sees few cases. */
export const createSeesFew = (database: QueryDatabase): ((office: string) => boolean) => {
  const select = database.prepare(`SELECT 1 FROM cases.case_of_office WHERE office = ? LIMIT 1 OFFSET ${FEW_CASES}`);
  return (office) => select.get(office) === undefined;
};
