/** What an account may do, apart from which records it may do it to. */
export const ROLES = [
  /** Records events of cases, and reads them with their persons, except victims'. */
  'recorder',
  /** The same, for a liaison office. */
  'liaison',
  /** Looks after victims and detained persons: the only role that reads who they are. */
  'protection',
  /** Reads every case and its history, without the persons. */
  'auditor',
  /** Reads counts and reports only. */
  'statistician',
  /** Runs the ledger: imports and operation, no cases. */
  'admin',
] as const;

export type Role = (typeof ROLES)[number];
