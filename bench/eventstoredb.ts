/**
 * Commands on EventStoreDB, against what its bare client reaches with as many appends at once to the same server: decided, sealed and appended
 * with the expected revision, each case in a stream of its own; the client appends events of the same size to as many streams. By turns, on the
 * server that `EVENTSTOREDB_URL` names.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { openLedger } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { commandOf, suspectWay } from './support/case.ts';
import { median, printTable } from './support/figures.ts';

const AT_ONCE = [1, 16, 64];
const ROUNDS = 7;
const SECONDS = 4;
/** Of the data and the metadata of an ordinary event of a case. */
const BYTES = { data: 460, metadata: 520 };

const url = process.env.EVENTSTOREDB_URL;
if (url === undefined) {
  process.stderr.write('EVENTSTOREDB_URL names no server: nothing is measured\n');
  process.exit();
}

/** Repeats a piece of work, so many at once, and gives how many steps were done a second. */
const stepsPerSecond = async (atOnce: number, work: (done: () => void) => Promise<void>): Promise<number> => {
  const began = performance.now();
  let steps = 0;
  const repeat = async (): Promise<void> => {
    while (performance.now() - began < SECONDS * 1_000) await work(() => steps++);
  };
  await Promise.all(Array.from({ length: atOnce }, repeat));
  return (steps * 1_000) / (performance.now() - began);
};

const client = EventStoreDBClient.connectionString(url);
const filler = (bytes: number): string => randomBytes(bytes).toString('base64').slice(0, bytes);

/** The same number of events to a stream as a case has. */
const appendBare = async (done: () => void): Promise<void> => {
  const stream = `bench-${randomUUID()}`;
  for (let revision = -1; revision < suspectWay.length - 1; revision++) {
    const event = jsonEvent({
      type: 'bench',
      data: { text: filler(BYTES.data) },
      metadata: { text: filler(BYTES.metadata) },
    });
    const expectedRevision = revision < 0 ? NO_STREAM : BigInt(revision);
    await client.appendToStream(stream, event, { expectedRevision, requiresLeader: true });
    done();
  }
};

const directory = mkdtempSync(join(tmpdir(), 'bench-eventstoredb-'));
const ledger = await openLedger(
  loadConfig({ DATA_DIR: directory, EVENT_STORE: url, LEDGER_NAME: `bench-${randomUUID().slice(0, 8)}` }),
  () => new Date(),
);
const recordedBy = { subject: 'bench', office: 'CN-MPS', side: 'CN', role: 'recorder' } as const;

/** One case from its opening to its closing. */
const commandCase = async (done: () => void): Promise<void> => {
  const id = randomUUID();
  for (const [index, step] of suspectWay.entries()) {
    const result = await ledger.commands.execute(id, commandOf(step, index), {
      commandId: randomUUID(),
      recordedBy,
      correlationId: 'bench',
    });
    if (!result.ok) throw new Error(JSON.stringify(result.error));
    done();
  }
};

try {
  const rows: string[][] = [];
  for (const atOnce of AT_ONCE) {
    const rates = { commands: [] as number[], bare: [] as number[] };
    for (let round = 0; round <= ROUNDS; round++) {
      const bare = await stepsPerSecond(atOnce, appendBare);
      const commands = await stepsPerSecond(atOnce, commandCase);
      // The first round warms both up.
      if (round === 0) continue;
      rates.bare.push(bare);
      rates.commands.push(commands);
    }
    const [ours, theirs] = [median(rates.commands), median(rates.bare)];
    rows.push([atOnce, ours.toFixed(0), theirs.toFixed(0), (ours / theirs).toFixed(2)].map(String));
  }
  printTable('Commands on EventStoreDB', ['at once', 'commands/s', 'bare appends/s', 'ratio'], rows);
} finally {
  await ledger.close();
  await client.dispose();
  rmSync(directory, { recursive: true });
}
