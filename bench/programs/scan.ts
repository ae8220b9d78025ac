/** Reads every row of a log and parses its JSON, and nothing else. Argument: the file of the log. */
import { DatabaseSync } from 'node:sqlite';
import { reportMeasured } from '../support/child.ts';

const [file] = process.argv.slice(2) as [string];
const database = new DatabaseSync(file, { readOnly: true });
const began = performance.now();
for (const row of database.prepare('SELECT * FROM event ORDER BY position').iterate()) {
  JSON.parse(row.data as string);
  JSON.parse(row.metadata as string);
}
reportMeasured((performance.now() - began) / 1000);
