import { DatabaseSync } from 'node:sqlite';
import type { TestLedger } from './ledger.ts';

/** Does something to the file of the log that the service would never do. */
export const behindItsBack = ({ location }: Pick<TestLedger, 'location'>, sql: string): void => {
  if (location.kind !== 'sqlite') throw new Error('only the embedded log has a file');
  const database = new DatabaseSync(location.file);
  for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all()) {
    database.exec(`DROP TRIGGER ${name}`);
  }
  database.exec(sql);
  database.close();
};
