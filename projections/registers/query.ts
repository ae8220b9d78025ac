import type { Viewer } from '../../domain/kernel/access.ts';
import { allOf, compare, marks, officeOf, seenBy } from '../conditions.ts';
import type { QueryDatabase } from '../query-database.ts';
import { SEEN_BY } from './project.ts';

/** A record as it is shown: `document` is JSON text, without what is sealed. */
export interface RegisterRow {
  readonly number: number;
  readonly id: string;
  readonly revision: number;
  readonly document: string;
}

/** Names of what records are found by, each with the values of which one is to be met. */
export type RegisterFilter = Readonly<Record<string, readonly string[] | undefined>>;

const COLUMNS = 'r.record_number AS number, n.record_id AS id, r.revision, r.document';

const RECORDS = 'history.register_record r JOIN history.numbered_record n ON n.number = r.record_number';

export const createRegisterQueries = (database: QueryDatabase) => ({
  /** A record that the viewer sees; undefined where there is none. */
  find: (viewer: Viewer, category: string, id: string): RegisterRow | undefined => {
    const { sql, parameters } = allOf([
      ['n.record_id = ? AND n.category = ?', id, category],
      seenBy(viewer, 'r.offices'),
    ]);
    return database.prepare(`SELECT ${COLUMNS} FROM ${RECORDS} WHERE ${sql}`).get(...parameters) as
      | RegisterRow
      | undefined;
  },

  /** Records of a register that the viewer sees, the latest first. */
  list: (
    viewer: Viewer,
    category: string,
    filter: RegisterFilter,
    { before, limit }: { readonly before?: number | undefined; readonly limit: number },
  ): { readonly items: readonly RegisterRow[]; readonly next: number | undefined } => {
    const office = officeOf(viewer);
    const asked = Object.entries({ ...filter, ...(office !== undefined && { [SEEN_BY]: [office] }) });
    const { sql, parameters } = allOf([
      ['r.category = ?', category],
      office === undefined ? seenBy(viewer, 'r.offices') : undefined,
      ...asked.map(([name, values]) =>
        values === undefined
          ? undefined
          : ([
              `r.record_number IN (SELECT record_number FROM history.register_reference
                 WHERE category = ? AND name = ? AND value IN (${marks(values)}))`,
              category,
              name,
              ...values,
            ] as const),
      ),
      compare('r.record_number <', before),
    ]);
    const rows = database
      .prepare(`SELECT ${COLUMNS} FROM ${RECORDS} WHERE ${sql} ORDER BY r.record_number DESC LIMIT ?`)
      .all(...parameters, limit + 1) as readonly RegisterRow[];
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? items.at(-1)?.number : undefined };
  },
});

export type RegisterQueries = ReturnType<typeof createRegisterQueries>;
