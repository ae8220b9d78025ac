import type { Viewer } from '../../domain/kernel/access.ts';
import type { RegisterKind } from '../../domain/kernel/register.ts';
import { allOf, type Condition, compare, EVERYBODY, marks, officeOf, seenBy } from '../conditions.ts';
import { type Page, pageOf } from '../page.ts';
import type { QueryDatabase } from '../query-database.ts';
import { SEEN_BY } from './project.ts';

/** A record as it is shown: `document` is JSON text, without what is sealed. */
export interface ListedRecord {
  readonly number: number;
  readonly id: string;
  readonly revision: number;
  readonly document: string;
}

export interface RegisterRow extends ListedRecord {
  /** JSON text of the fold of what is open. */
  readonly state: string;
}

/** Names of what records are found by, each with the values of which one is to be met. */
export type RegisterFilter = Readonly<Record<string, readonly string[] | undefined>>;

const LISTED = 'r.record_number AS number, n.record_id AS id, r.revision, r.document';

const RECORDS = 'history.register_record r JOIN history.numbered_record n ON n.number = r.record_number';

export const createRegisterQueries = (database: QueryDatabase) => ({
  /** A record that the viewer sees; undefined where there is none. */
  find: (viewer: Viewer, category: string, id: string): RegisterRow | undefined => {
    const { sql, parameters } = allOf([
      ['n.record_id = ? AND n.category = ?', id, category],
      seenBy(viewer, 'r.offices'),
    ]);
    return database.prepare(`SELECT ${LISTED}, r.state FROM ${RECORDS} WHERE ${sql}`).get(...parameters) as
      | RegisterRow
      | undefined;
  },

  /** Ids of records with a value under a name, the longest there first: for the ledger itself, whoever may see them. */
  idsOf: (category: string, name: string, value: string, limit: number): readonly string[] =>
    (
      database
        .prepare(
          `SELECT n.record_id AS id FROM history.register_reference f
             JOIN history.numbered_record n ON n.number = f.record_number
           WHERE f.category = ? AND f.name = ? AND f.value = ? ORDER BY f.record_number LIMIT ?`,
        )
        .all(category, name, value, limit) as readonly { readonly id: string }[]
    ).map(({ id }) => id),

  /** Records of a register that the viewer sees, the latest first. */
  list: (
    viewer: Viewer,
    { category, register }: RegisterKind,
    filter: RegisterFilter,
    { before, limit }: { readonly before?: number | undefined; readonly limit: number },
  ): Page<ListedRecord, number> => {
    const office = register.forEverybody === true ? EVERYBODY : officeOf(viewer);
    // In the order of an index either way: a page costs what it shows, and what its filters pass over.
    const [listed, from, restriction]: readonly [string, string, Condition] =
      office === undefined
        ? ['r', RECORDS, ['r.category = ?', category]]
        : [
            'o',
            `history.register_reference o CROSS JOIN ${RECORDS} AND r.record_number = o.record_number`,
            ['o.category = ? AND o.name = ? AND o.value = ?', category, SEEN_BY, office],
          ];
    const { sql, parameters } = allOf([
      restriction,
      office === undefined ? seenBy(viewer, 'r.offices') : undefined,
      ...Object.entries(filter).map(([name, values]) => found(category, name, values)),
      compare(`${listed}.record_number <`, before),
    ]);
    const rows = database
      .prepare(`SELECT ${LISTED} FROM ${from} WHERE ${sql} ORDER BY ${listed}.record_number DESC LIMIT ?`)
      .all(...parameters, limit + 1) as readonly ListedRecord[];
    return pageOf(rows, limit, ({ number }) => number);
  },
});

/** By one of some values under a name. */
const found = (category: string, name: string, values: readonly string[] | undefined): Condition | undefined =>
  values && [
    `EXISTS (SELECT 1 FROM history.register_reference f
       WHERE f.category = ? AND f.name = ? AND f.value IN (${marks(values)}) AND f.record_number = r.record_number)`,
    category,
    name,
    ...values,
  ];

export type RegisterQueries = ReturnType<typeof createRegisterQueries>;
