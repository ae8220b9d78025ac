/**
 * How much of SQLite's own speed is left to an append of the embedded event log. Each figure is taken in one run beside
 * a bare loop that inserts the same events into the same table, in transactions of as many events as there are appends
 * at once, with the same durability. What the log adds: a queue, two crossings between threads, the check of the
 * expected revision, an answer to each append.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventToAppend } from '../src/event-log/port.ts';
import { openSqliteEventLog } from '../src/event-log/sqlite/adapter.ts';
import { openForWriting } from '../src/event-log/sqlite/database.ts';

const AT_ONCE = [1, 16, 64, 256];
/** Each way in turn, so that what else the machine does disturbs both; the fastest round of each counts. */
const ROUNDS = 9;
const MOST_APPENDS = 40_000;

interface Append {
  readonly stream: string;
  readonly event: EventToAppend;
}

/** About 600 bytes, like a case's event: codes outside, what is a person's sealed, who recorded it and when. */
const newAppend = (): Append => ({
  stream: `case-${randomUUID()}`,
  event: {
    id: randomUUID(),
    type: 'handed-over-at-border-pass',
    data: JSON.stringify({
      direction: 'VN-CN',
      pass: 'youyi-guan',
      handoverDate: '2024-07-01',
      occurredAt: { at: '2024-07-01T10:30:00+08:00', source: 'minutes' },
      sealed: { key: randomUUID(), text: randomBytes(120).toString('base64') },
    }),
    metadata: JSON.stringify({
      schemaVersion: 1,
      recordedAt: '2024-07-01T03:12:45.123Z',
      recordedBy: { subject: 'officer-17', office: 'blo-dongxing', side: 'CN', role: 'recorder' },
      commandId: randomUUID(),
      salt: randomBytes(16).toString('base64'),
    }),
  },
});

/** Appends a second. */
const rate = (count: number, startedAt: number): number => (count * 1_000) / (performance.now() - startedAt);

const bareLoop = (file: string, appends: readonly Append[], atOnce: number): number => {
  const database = openForWriting(file);
  const insert = database.prepare(
    'INSERT INTO event (position, stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const startedAt = performance.now();
  let position = 0;
  for (let from = 0; from < appends.length; from += atOnce) {
    database.exec('BEGIN IMMEDIATE');
    for (const { stream, event } of appends.slice(from, from + atOnce)) {
      position += 1;
      insert.run(position, stream, 0, event.id, event.type, event.data, event.metadata);
    }
    database.exec('COMMIT');
  }
  const result = rate(appends.length, startedAt);
  database.close();
  return result;
};

const throughTheLog = async (file: string, appends: readonly Append[], atOnce: number): Promise<number> => {
  const log = await openSqliteEventLog(file);
  const startedAt = performance.now();
  let next = 0;
  const appendOneAfterTheOther = async (): Promise<void> => {
    for (let append = appends[next++]; append !== undefined; append = appends[next++]) {
      await log.append(append.stream, 'no-stream', [append.event]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, appendOneAfterTheOther));
  const result = rate(appends.length, startedAt);
  await log.close();
  return result;
};

const directory = mkdtempSync(join(tmpdir(), 'event-log-append-'));
const print = (cells: readonly string[]): void => {
  process.stdout.write(`${cells.map((cell) => cell.padStart(16)).join('')}\n`);
};
try {
  print(['appends at once', 'log, appends/s', 'bare, appends/s', 'ratio']);
  for (const atOnce of AT_ONCE) {
    const logs: number[] = [];
    const bares: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const appends = Array.from({ length: Math.min(atOnce * 2_000, MOST_APPENDS) }, newAppend);
      bares.push(bareLoop(join(directory, `bare-${atOnce}-${round}`), appends, atOnce));
      logs.push(await throughTheLog(join(directory, `log-${atOnce}-${round}`), appends, atOnce));
    }
    const [log, bare] = [Math.max(...logs), Math.max(...bares)];
    print([String(atOnce), Math.round(log).toString(), Math.round(bare).toString(), (log / bare).toFixed(2)]);
  }
} finally {
  rmSync(directory, { recursive: true });
}
