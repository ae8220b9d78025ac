/** By what it is judged whether a handover is of a scope. */
export const JUDGED_BY = ['delivering', 'receiving', 'pass'] as const;
export type JudgedBy = (typeof JUDGED_BY)[number];

/**
 * Some provinces or offices. What is no handover is of a scope by the province where it was, else by the offices whose word or matter it
 * is.
 */
export interface Scope {
  /** ISO 3166-2. */
  readonly provinces: readonly string[];
  readonly offices: readonly string[];
  readonly judgedBy: JudgedBy;
}
