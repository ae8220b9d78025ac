import { readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import t from 'tap';
import { emptyWriteAheadLog, openSnapshot, readModelFile } from '../../projections/database.ts';
import { CASES_READ_MODEL } from '../../projections/read-models.ts';
import { eventually } from '../support/eventually.ts';
import { openTestLedger } from '../support/ledger.ts';
import { openTestViews } from '../support/views.ts';

const ERASED = 'N. V. A. as it was before the erasure';

t.test('what was erased from a view leaves its write-ahead log, too', async (t) => {
  const ledger = await openTestLedger(t);
  const built = openTestViews(t, ledger);
  await eventually(() => built.projector.built());
  await built.close();
  const { directory } = built;
  const file = readModelFile(directory, CASES_READ_MODEL);

  // As a process leaves it that ended before it had emptied the log of the file.
  const earlier = openSnapshot(directory, CASES_READ_MODEL);
  const before = new DatabaseSync(file, { timeout: 600_000 });
  t.teardown(() => before.close());
  before.exec('PRAGMA secure_delete = ON');
  before.prepare('INSERT INTO case_person VALUES (1, ?)').run(ERASED);
  before.exec('DELETE FROM case_person');
  const isThere = (): boolean => readFileSync(`${file}-wal`).includes(ERASED);
  t.ok(isThere());

  t.notOk(emptyWriteAheadLog(before), 'somebody reads an earlier state, and is not waited for');
  t.ok(isThere());
  const views = openTestViews(t, ledger, directory);
  await eventually(() => views.projector.statuses().every(({ caughtUp }) => caughtUp));
  t.ok(isThere());
  earlier.close();
  // Nothing is written any more.
  await eventually(() => statSync(`${file}-wal`).size === 0);
  t.notOk(isThere());
  t.notOk(readFileSync(file).includes(ERASED));
});

t.test('it does at once when a process starts whose view nobody reads', async (t) => {
  const ledger = await openTestLedger(t);
  const built = openTestViews(t, ledger);
  await eventually(() => built.projector.built());
  await built.close();
  const file = readModelFile(built.directory, CASES_READ_MODEL);
  const before = new DatabaseSync(file, { timeout: 5_000 });
  t.teardown(() => before.close());
  before.prepare('INSERT INTO case_person VALUES (1, ?)').run(ERASED);
  t.ok(statSync(`${file}-wal`).size > 0);
  openTestViews(t, ledger, built.directory);
  await eventually(() => statSync(`${file}-wal`).size === 0);
  t.ok(readFileSync(file).includes(ERASED), 'what is in the view is in its file');
});
