import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Test } from 'tap';
import { ministryOffice, type Side } from '../../domain/kernel/sides.ts';
import { type AllCommands, createAllCommands } from '../../src/application/all-commands.ts';
import type { Envelope } from '../../src/application/commands.ts';
import { deriveUuid } from '../../src/derived-id.ts';
import { type EventLogLocation, openEventLog } from '../../src/event-log/open.ts';
import type { EventLog } from '../../src/event-log/port.ts';
import { eventLogFile } from '../../src/event-log/sqlite/database.ts';
import { readOrMakeKeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { openVault, type Vault } from '../../src/sealing/vault.ts';
import type { Opening, Step } from './case-scenario.ts';
import { testFolder } from './test-folder.ts';

/** The kinds of log that this run can test: always the embedded one, and a real EventStoreDB where the environment names one. */
export const LOG_KINDS = ['sqlite', 'eventstoredb'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

const SERVER = process.env.EVENTSTOREDB_URL;

/** Runs a test on both kinds of log, or says that one was skipped. */
export const onEachLog = (t: Test, name: string, run: (t: Test, ledger: TestLedger) => Promise<void>): void => {
  for (const kind of LOG_KINDS) {
    const skip = kind === 'eventstoredb' && SERVER === undefined ? 'EVENTSTOREDB_URL names no server' : false;
    t.test(`${name}, on ${kind}`, { skip }, async (t) => run(t, await openTestLedger(t, kind)));
  }
};

/** A node of a ledger: a command handler with caches and keys of its own. */
export interface TestNode extends AllCommands {
  readonly log: EventLog;
  readonly vault: Vault;
}

export interface TestLedger extends TestNode {
  readonly directory: string;
  readonly location: EventLogLocation;
  readonly keyEncryptionKeyFile: string;
  /** Another node of the same ledger; its log may be one that misbehaves. */
  another(log?: EventLog): TestNode;
  /** Ends the process's hold on the log and takes it up again, as a restart does. */
  restart(): Promise<TestNode>;
}

const clock = (): Date => new Date();

/** A fresh ledger in a directory of the test's own, or under a name of its own on the server. Closed after the test. */
export const openTestLedger = async (t: Test, kind: LogKind = 'sqlite'): Promise<TestLedger> => {
  const directory = testFolder(t);
  const name = `test-${randomUUID().slice(0, 13)}`;
  const location: EventLogLocation =
    kind === 'sqlite'
      ? { kind, file: eventLogFile(directory, name) }
      : { kind, connectionString: SERVER as string, ledger: name };
  const keyEncryptionKeyFile = join(directory, 'key-encryption-key.json');
  const kek = readOrMakeKeyEncryptionKeys(keyEncryptionKeyFile);
  let log = await openEventLog(location);
  t.after(() => log.close());
  const nodeOn = (onLog: EventLog): TestNode => {
    const vault = openVault(onLog, kek, clock);
    return { log: onLog, vault, ...createAllCommands({ log: onLog, vault, clock }) };
  };
  return {
    ...nodeOn(log),
    directory,
    location,
    keyEncryptionKeyFile,
    another: (onLog = log) => nodeOn(onLog),
    restart: async () => {
      await log.close();
      log = await openEventLog(location);
      return nodeOn(log);
    },
  };
};

/** An envelope of a side's ministry; the command id may be given, to repeat a command. */
export const envelopeOf = (side: Side = 'CN', commandId: string = randomUUID()): Envelope => ({
  commandId,
  recordedBy: { subject: 'officer-1', office: ministryOffice(side), side, role: 'recorder' },
  correlationId: 'test',
});

/** Sends a step as the Chinese ministry, which records the other side's word as its statement. */
export const send = (
  { commands }: Pick<TestNode, 'commands'>,
  caseId: string,
  step: Step | Opening,
  commandId: string = deriveUuid(caseId, randomUUID()),
) => {
  const { type, occurredAt = '2024-01-01', by = 'CN', data = {} } = step;
  const statedBy = step.statedBy ?? (by === 'VN' ? { office: 'VN-MPS', document: 'Note 1' } : undefined);
  const command = { type, occurredAt, statedBy, data };
  return commands.execute(
    caseId,
    'particulars' in step
      ? { name: 'open', particulars: step.particulars, ...command }
      : { name: 'record', ...command },
    envelopeOf('CN', commandId),
  );
};

/** Sends steps one after the other; every one must be accepted. Gives the last answer. */
export const sendAll = async (node: Pick<TestNode, 'commands'>, caseId: string, steps: readonly (Step | Opening)[]) => {
  let last: Awaited<ReturnType<typeof send>> | undefined;
  for (const step of steps) {
    last = await send(node, caseId, step);
    if (!last.ok) throw new Error(`${step.type} failed: ${JSON.stringify(last.error)}`);
  }
  if (last === undefined || !last.ok) throw new Error('no step was sent');
  return last.value;
};
