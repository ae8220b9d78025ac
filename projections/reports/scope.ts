import type { Scope } from '../../domain/counting/scope.ts';
import { officeSide } from '../../domain/kernel/sides.ts';
import { passesOf } from '../../domain/reference/border-passes.ts';
import { allOf, type Condition, compare, marks } from '../conditions.ts';
import type { QueryDatabase } from '../query-database.ts';

/** A scope with every office that belongs to it. */
export interface Territory extends Scope {
  readonly officesThere: ReadonlySet<string>;
}

/** Its offices, and those of which the register of offices says that they work for one of its provinces on their own side. */
export const territoryOf = (database: QueryDatabase, scope: Scope): Territory => {
  const { provinces } = scope;
  const registered = database
    .prepare(
      `SELECT DISTINCT r.document ->> 'code' AS code, f.value AS province
       FROM history.register_reference f JOIN history.register_record r ON r.record_number = f.record_number
       WHERE f.category = 'office' AND f.name = 'province' AND f.value IN (${marks(provinces)})`,
    )
    .all(...provinces) as readonly { readonly code: string; readonly province: string }[];
  const theirs = registered.filter(({ code, province }) => province.startsWith(String(officeSide(code))));
  return { ...scope, officesThere: new Set([...scope.offices, ...theirs.map(({ code }) => code)]) };
};

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

/** Contributions of cases that are of a territory. */
export const linesIn = (territory: Territory): Condition => {
  const { provinces } = territory;
  return anyOf([
    bothOf(["measure = 'handed-over'"], handoverIn(territory)),
    bothOf(["measure <> 'handed-over'"], [`province IN (${marks(provinces)})`, ...provinces]),
    bothOf(
      ["measure <> 'handed-over' AND province IS NULL"],
      anyOf([officeIn(territory, 'delivering_office'), officeIn(territory, 'receiving_office')]),
    ),
  ]);
};
