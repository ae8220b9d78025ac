import type { Scope } from '../../domain/counting/scope.ts';
import { TERRITORY } from '../../domain/kernel/contribution.ts';
import { passesOf } from '../../domain/reference/border-passes.ts';
import { allOf, type Condition, compare, marks } from '../conditions.ts';
import type { QueryDatabase } from '../query-database.ts';
import { type AsOf, heldAt } from '../times.ts';

/** A scope with every office that belongs to it. */
export interface Territory extends Scope {
  readonly officesThere: ReadonlySet<string>;
}

/** Its offices, and those of which the register of offices said by then that they work for one of its provinces on their own side. */
export const territoryOf = (database: QueryDatabase, scope: Scope, asOf: AsOf | undefined): Territory => {
  const { provinces, offices } = scope;
  const { sql, parameters } = allOf([['measure = ?', TERRITORY], heldAt(asOf), anyIn('provinces', provinces)]);
  const registered = database
    .prepare(`SELECT offices ->> 0 AS code FROM history.register_contribution WHERE ${sql}`)
    .all(...parameters) as readonly { readonly code: string }[];
  return { ...scope, officesThere: new Set([...offices, ...registered.map(({ code }) => code)]) };
};

/** Whether a JSON list has one of some values. */
const anyIn = (column: string, values: readonly string[]): Condition => [
  `EXISTS (SELECT 1 FROM json_each(${column}) WHERE value IN (${marks(values)}))`,
  ...values,
];

/** An office id begins with the code of its province, where it has one: CN-GX-BLO. */
const PROVINCE_IN_ID = 'CN-GX'.length;

/** Whether an office belongs to a territory. */
export const isOfficeOf = ({ provinces, officesThere }: Territory, office: string): boolean =>
  officesThere.has(office) || provinces.includes(office.slice(0, PROVINCE_IN_ID));

/** The same in SQL. */
const officeIn = ({ provinces, officesThere }: Territory, column: string): Condition => [
  `(substr(${column}, 1, ${PROVINCE_IN_ID}) IN (${marks(provinces)}) OR ${column} IN (${marks([...officesThere])}))`,
  ...provinces,
  ...officesThere,
];

const anyOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0
    ? ['FALSE']
    : [`(${conditions.map(([sql]) => sql).join(' OR ')})`, ...conditions.flatMap(([, ...parameters]) => parameters)];

const bothOf = (...conditions: readonly (Condition | undefined)[]): Condition => {
  const { sql, parameters } = allOf(conditions);
  return [sql, ...parameters];
};

const passIn = ({ provinces }: Territory): Condition =>
  anyOf(
    passesOf(provinces).map(({ code, validFrom, validTo }) =>
      bothOf(['pass = ?', code], compare('first_day >=', validFrom), compare('first_day <', validTo)),
    ),
  );

const handoverIn = (territory: Territory): Condition => {
  switch (territory.judgedBy) {
    case 'delivering':
      return officeIn(territory, 'delivering_office');
    case 'receiving':
      return officeIn(territory, 'receiving_office');
    case 'pass':
      return passIn(territory);
  }
};

/** Contributions of cases that are of a territory: of its provinces, and of the offices that are asked for whatever the province. */
export const linesIn = (territory: Territory): Condition => {
  const { provinces, offices } = territory;
  const word = (within: Territory): Condition =>
    anyOf([officeIn(within, 'delivering_office'), officeIn(within, 'receiving_office')]);
  return anyOf([
    bothOf(["measure = 'handed-over'"], handoverIn(territory)),
    bothOf(["measure <> 'handed-over'"], [`province IN (${marks(provinces)})`, ...provinces]),
    bothOf(["measure <> 'handed-over' AND province IS NULL"], word(territory)),
    bothOf(["measure <> 'handed-over'"], word({ ...territory, provinces: [], officesThere: new Set(offices) })),
  ]);
};
