/** The six kinds of cases; one person a case. Which table a case follows is said by its kind. */
export const CASE_KINDS = [
  /** Wanted before the arrest, by a warrant or judgment of the requesting side. */
  'fugitive',
  /** Found or arrested on the other side's territory without an earlier warrant. */
  'suspect',
  /** Crossed or stayed in breach of immigration law. */
  'irregular-entry',
  /** Reported missing or identified as a victim of trafficking. */
  'trafficking-victim',
  /** Held by private persons, for instance for gambling debts. */
  'unlawful-detention',
  /** Serving a final judgment. */
  'sentenced-person',
] as const;

export type CaseKind = (typeof CASE_KINDS)[number];
