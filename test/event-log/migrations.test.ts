import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import t, { type Test } from 'tap';
import { applyMigrations } from '../../migrations/apply.ts';
import { openForWriting } from '../../src/event-log/sqlite/database.ts';
import { testFolder } from '../support/test-folder.ts';

const folder = (t: Test, files: Record<string, string>): URL => {
  const directory = join(testFolder(t), 'sql');
  mkdirSync(directory);
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, name), sql);
  return pathToFileURL(`${directory}/`);
};

const tablesOf = (database: DatabaseSync): unknown[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => name);

t.test('applies what is new, in order and once', async (t) => {
  const database = new DatabaseSync(':memory:');
  const one = { '0001-a.sql': 'CREATE TABLE a (x); INSERT INTO a VALUES (1);' };
  applyMigrations(database, folder(t, one));
  t.same(tablesOf(database), ['a']);
  const directory = folder(t, { ...one, '0002-b.sql': 'CREATE TABLE b AS SELECT x + 1 AS y FROM a;' });
  applyMigrations(database, directory);
  applyMigrations(database, directory);
  t.same(tablesOf(database), ['a', 'b']);
  t.equal(database.prepare('SELECT y FROM b').get()?.['y'], 2);
});

t.test('a migration that fails leaves nothing behind', async (t) => {
  const database = new DatabaseSync(':memory:');
  const broken = { '0001-a.sql': 'CREATE TABLE a (x); CREATE TABLE b (y); INSERT INTO nowhere VALUES (1);' };
  t.throws(() => applyMigrations(database, folder(t, broken)), { message: /0001-a\.sql/ });
  t.same(tablesOf(database), []);
  applyMigrations(database, folder(t, { '0001-a.sql': 'CREATE TABLE a (x);' }));
  t.same(tablesOf(database), ['a']);
});

t.test('a database that is newer than the program is refused', async (t) => {
  const database = new DatabaseSync(':memory:');
  database.exec('PRAGMA user_version = 3');
  t.throws(() => applyMigrations(database, folder(t, { '0001-a.sql': 'CREATE TABLE a (x);' })), /newer release/);
  t.same(tablesOf(database), []);
});

t.test('a gap in the numbers is refused', async (t) => {
  const database = new DatabaseSync(':memory:');
  t.throws(() => applyMigrations(database, folder(t, { '0002-b.sql': '' })), /not number 1/);
  t.throws(() => applyMigrations(database, folder(t, { 'a.sql': '' })), /not number 1/);
});

t.test('the log refuses to have an event edited, and to have one deleted whose stream is not tombstoned', async (t) => {
  const database = openForWriting(join(testFolder(t), 'log.sqlite'));
  t.teardown(() => database.close());
  database.exec(`INSERT INTO event VALUES (1, 'case-1', 0, 'id', 'reported', '{}', '{}')`);
  t.throws(() => database.exec(`UPDATE event SET data = '{"x":1}'`), /never edited/);
  t.throws(() => database.exec('DELETE FROM event'), /only with its tombstoned stream/);
  database.exec(`INSERT INTO tombstone VALUES ('case-1', 2)`);
  t.throws(() => database.exec('DELETE FROM tombstone'), /never taken away/);
  database.exec(`DELETE FROM event WHERE stream = 'case-1'`);
  t.equal(database.prepare('SELECT count(*) AS count FROM event').get()?.['count'], 0);
});
