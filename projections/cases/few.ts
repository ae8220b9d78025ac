import type { QueryDatabase } from '../query-database.ts';

/** So few cases are gone through and sorted at once; where there are more, some are found soon in any order. */
export const FEW_CASES = 3_000;

/** Whether an office sees few cases. */
export const createSeesFew = (database: QueryDatabase, few: number): ((office: string) => boolean) => {
  const select = database.prepare(`SELECT 1 FROM cases.case_of_office WHERE office = ? LIMIT 1 OFFSET ${few}`);
  return (office) => select.get(office) === undefined;
};
