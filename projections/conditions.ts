import { isCaseworker, type Viewer } from '../domain/case/access.ts';

type Parameter = string | number;

/** What rows are restricted to: a condition in SQL, and its parameters. */
export type Condition = readonly [sql: string, ...parameters: Parameter[]];

/** Cases that a viewer sees. `number` is SQL for the number of the case in the read model of the cases. */
export const seenBy = (viewer: Viewer, number: string): Condition | undefined => {
  if (viewer.role === 'auditor') return undefined;
  return isCaseworker(viewer) ? seenByOffice(viewer.office, number) : ['FALSE'];
};

export const seenByOffice = (office: string, number: string): Condition => [
  `EXISTS (SELECT 1 FROM cases.case_office o WHERE o.number = ${number} AND o.office = ?)`,
  office,
];

/** SQL for the number of a case by its id. */
export const numberOf = (caseId: string): string => `(SELECT number FROM cases.case_status WHERE case_id = ${caseId})`;

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
