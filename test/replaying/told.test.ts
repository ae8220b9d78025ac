import t from 'tap';
import { openForProjection } from '../../projections/database.ts';
import { READ_MODELS } from '../../projections/read-models.ts';
import { isTold } from '../../src/replaying/told.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('of every column of every view it was decided whether a replay tells what stands there', async (t) => {
  const columns: { table: string; column: string }[] = [];
  const directory = testFolder(t);
  for (const readModel of READ_MODELS) {
    const database = openForProjection(directory, readModel);
    columns.push(
      ...(database
        .prepare(
          `SELECT s.name AS "table", c.name AS "column" FROM sqlite_schema s, pragma_table_info(s.name) c
           WHERE s.type = 'table' AND s.name <> 'checkpoint'`,
        )
        .all() as unknown as typeof columns),
    );
    database.close();
  }
  t.ok(columns.length > 100);
  const withheld = columns.filter(({ table, column }) => !isTold(table, column));
  t.same(
    new Set(withheld.map(({ table, column }) => `${table}.${column}`)),
    new Set([
      ...['case_person.person', 'case_search.term', 'event.data', 'event.metadata'],
      ...['case_id', 'other_case', 'event_id', 'verdict', 'basis', 'occurred_at'].map((each) => `person_link.${each}`),
      ...['case_status.state', 'counted_case.state', 'register_record.state'],
      ...['access_event.data', 'access_event.metadata', 'access_record.record'],
    ]),
    'a new column is not told until src/replaying/told.ts says that it may be',
  );
});
