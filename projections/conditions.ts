import { isCaseworker, type Viewer } from '../domain/kernel/access.ts';

type Parameter = string | number;

/** What rows are restricted to: a condition in SQL, and its parameters. */
export type Condition = readonly [sql: string, ...parameters: Parameter[]];

/** The office whose records a caseworker sees; an auditor sees all, and others see none. */
export const officeOf = (viewer: Viewer): string | undefined => (isCaseworker(viewer) ? viewer.office : undefined);

/** Stands among the offices of a record for whoever has an account. */
export const EVERYBODY = '*';

/** Records that a viewer sees; `offices` is SQL for the offices of the record. */
export const seenBy = (viewer: Viewer, offices: string): Condition | undefined => {
  if (viewer.role === 'auditor') return undefined;
  const office = officeOf(viewer);
  return [`EXISTS (SELECT 1 FROM json_each(${offices}) WHERE value IN (?, ?))`, office ?? EVERYBODY, EVERYBODY];
};

/** Records that one of some offices sees; those that are there for everybody concern none of them in particular. */
export const seenByOneOf = (offices: readonly string[] | undefined, itsOffices: string): Condition | undefined =>
  offices && [`EXISTS (SELECT 1 FROM json_each(${itsOffices}) WHERE value IN (${marks(offices)}))`, ...offices];

/** SQL for the offices that see a case, by SQL for its id. */
export const officesOfCase = (caseId: string): string =>
  `(SELECT offices FROM cases.case_status WHERE case_id = ${caseId})`;

/** `sql` ends with an operator, as in `s.pass =`; no condition where there is no value. */
export const compare = (sql: string, value: Parameter | undefined): Condition | undefined =>
  value === undefined ? undefined : [`${sql} ?`, value];

export const oneOf = (column: string, values: readonly string[] | undefined): Condition | undefined =>
  values === undefined ? undefined : [`${column} IN (${marks(values)})`, ...values];

export const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** All of the conditions that there are, as SQL with its parameters in order. */
export const allOf = (
  conditions: readonly (Condition | undefined)[],
): { readonly sql: string; readonly parameters: readonly Parameter[] } => {
  const given = conditions.filter((condition) => condition !== undefined);
  return {
    sql: given.map(([sql]) => sql).join(' AND ') || 'TRUE',
    parameters: given.flatMap(([, ...parameters]) => parameters),
  };
};
