import { randomUUID } from 'node:crypto';
import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { foldHistory } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { personOf } from '../../domain/case/person-of.ts';
import { erasures } from '../../domain/erasure/kind.ts';
import { type AnyStreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import { reconciliations } from '../../domain/reconciliation/kind.ts';
import { requests } from '../../domain/request/kind.ts';
import { createErasureProcess } from '../../src/application/erasure-process.ts';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import { unsealAll } from '../../src/event-log/unsealed.ts';
import { envelopeOf, sendAll, type TestLedger, type TestNode } from './ledger.ts';
import { withAppend } from './log-with-append.ts';
import { wayTo } from './ordinary-ways.ts';
import { listOf } from './reconciliations.ts';

const PERSON = {
  names: [
    { text: 'T. N. A.', script: 'Latn', role: 'native' },
    { text: 'Alias 7', script: 'Latn', role: 'alias' },
  ],
};

export const accepted = async (executing: Promise<{ readonly ok: boolean }>): Promise<void> => {
  const executed = await executing;
  if (!executed.ok) throw new Error(JSON.stringify(executed));
};

/** Orders an erasure; gives the id of the order. */
export const order = async (node: TestNode, what: object): Promise<string> => {
  const id = randomUUID();
  const particulars = { ...what, orderedOn: '2024-01-01', authority: 'court', reference: 'Order 17' };
  await accepted(
    node
      .registerCommands(erasures)
      .execute(id, { name: 'open', occurredAt: '2024-01-02', particulars, data: {} }, envelopeOf()),
  );
  return id;
};

/** A case, and the order to erase a part of its person. */
export const ordered = async (node: TestNode, part: 'person' | 'alias') => {
  const caseId = randomUUID();
  const [opening, ...steps] = wayTo('fugitive', 'captured');
  await sendAll(node, caseId, [{ ...opening, particulars: { ...opening.particulars, person: PERSON } }, ...steps]);
  return { caseId, id: await order(node, { case: caseId, part, ...(part === 'alias' && { what: 'Alias 7' }) }) };
};

/** A request about a person. */
export const asked = async (node: TestNode, commandId: string = randomUUID()): Promise<string> => {
  const id = randomUUID();
  await accepted(node.registerCommands(requests).execute(id, ASKED, envelopeOf('CN', commandId)));
  return id;
};

export const ASKED = {
  name: 'open',
  occurredAt: '2024-01-01',
  particulars: { kind: 'location', addressee: 'VN-MPS', urgency: 'routine', question: 'Where is T. N. A.?' },
  data: {},
} as const;

export const NOTED = {
  name: 'record',
  type: 'noted',
  occurredAt: '2024-01-01',
  data: { note: 'T. N. A. was seen' },
} as const;

/** A list of three persons. */
export const listed = async (node: TestNode): Promise<string> => {
  const id = randomUUID();
  const { occurredAt, statedBy, ...particulars } = listOf(3);
  const { execute } = node.registerCommands(reconciliations);
  await accepted(execute(id, { name: 'open', occurredAt, statedBy, particulars, data: {} }, envelopeOf()));
  const data = {
    lines: Array.from({ length: 3 }, () => ({ date: '2025-02-01' })),
    persons: [1, 2, 3].map((number) => ({ line: number - 1, names: [`Person ${number}`] })),
    note: 'Person 2 is not Person 3',
  };
  await accepted(execute(id, { name: 'record', type: 'lines-listed', occurredAt, data }, envelopeOf()));
  return id;
};

/** All that can be read of a record. */
export const toldOf = async ({ log, vault }: TestNode, kind: AnyStreamKind, id: string): Promise<string> =>
  JSON.stringify(await unsealAll(await log.readStream(streamOf(kind, id)), vault));

export const namesLeft = async (node: TestNode, caseId: string): Promise<readonly string[]> => {
  const events = await unsealAll<RecordedCaseEvent>(await node.log.readStream(caseStream(caseId)), node.vault);
  return personOf(foldHistory(events).effective)?.person.names.map(({ text }) => text) ?? [];
};

/** Orders carried out by a node, which finds minutes in the log as the views would. */
export const erasureOf = (node: TestNode) =>
  createErasureProcess({
    ...node,
    minutesNaming: async (caseId) => {
      const streams = new Set<string>();
      for await (const chunk of node.log.readAll()) {
        for (const { stream, data } of chunk) {
          if (stream.startsWith('handover-') && data.includes(caseId)) streams.add(stream);
        }
      }
      return [...streams].map((stream) => stream.slice('handover-'.length));
    },
  });

/** A log that is lost after so many changes, before or after the last of them is written. */
export const lostAfter = (log: EventLog, changes: number, isWritten: boolean): EventLog => {
  let left = changes;
  const lose = async <Answer>(change: () => Promise<Answer>): Promise<Answer> => {
    left -= 1;
    if (left < 0) throw new LogUnavailable('lost');
    if (left > 0) return change();
    if (isWritten) await change();
    throw new LogUnavailable('lost');
  };
  return {
    ...withAppend(log, (...args) => lose(() => log.append(...args))),
    tombstone: (stream) => lose(() => log.tombstone(stream)),
  };
};

/** Works an order off on a node whose log is lost after so many changes, and then on another; whether it was lost, and the other node. */
export const carriedOutAfterLoss = async (ledger: TestLedger, id: string, changes: number, isWritten: boolean) => {
  const unlucky = ledger.another(lostAfter(ledger.log, changes, isWritten));
  const isLost = await erasureOf(unlucky)
    .workOff(id)
    .then(() => false)
    .catch(() => true);
  const later = ledger.another();
  await erasureOf(later).workOff(id);
  return { isLost, later };
};

/** A log that is lost when the first key is to be destroyed. */
export const untilDestroyed = (log: EventLog): EventLog => ({
  ...withAppend(log, (...args) => log.append(...args)),
  tombstone: () => Promise.reject(new LogUnavailable('lost')),
});
