import { randomUUID } from 'node:crypto';
import { caseDecider } from '../../domain/case/decide.ts';
import type { CaseEvent } from '../../domain/case/events.ts';
import type { CaseHistory, RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import type { Command } from '../../domain/kernel/record.ts';
import { deriveUuid } from '../../src/application/ids.ts';
import { encodeEvent } from '../../src/event-log/codec.ts';
import type { EventLog } from '../../src/event-log/port.ts';
import type { Vault } from '../../src/sealing/vault.ts';
import { suspectWay } from './case.ts';

const recordedBy = { subject: 'bench', office: 'CN-MPS', side: 'CN', role: 'recorder' } as const;
const NOW = '2024-06-01T00:00:00.000Z';

/** Cases that are written at the same time. */
const AT_ONCE = 200;

/** The events of a suspect's ordinary way, as decisions give them. */
const eventsOfOneCase = (): readonly CaseEvent[] => {
  let history: CaseHistory = caseDecider.initial;
  return suspectWay.flatMap((step, index) => {
    const { type, occurredAt, statedBy, data = {}, ...particulars } = step as Record<string, never>;
    const context = { now: NOW, eventId: randomUUID(), recordedBy };
    const rest = { occurredAt, statedBy, data };
    const decided = caseDecider.decide(
      (index === 0
        ? { name: 'open', type, particulars, ...rest }
        : { name: 'record', type, ...rest }) as unknown as Command,
      history,
      context,
    );
    if (!decided.ok) throw new Error(JSON.stringify(decided.error));
    const [event] = decided.value as readonly [CaseEvent];
    const recorded = { ...event, id: context.eventId, revision: index, recordedAt: NOW, recordedBy };
    history = caseDecider.evolve(history, recorded as RecordedCaseEvent);
    return decided.value;
  });
};

/**
 * Appends whole cases, each with a key and a stream of its own, until there are as many events. They are those that commands
 * would have written; only the decisions are taken once for all of them.
 */
export const fillLog = async (log: EventLog, vault: Vault, events: number): Promise<void> => {
  const template = eventsOfOneCase();
  const writeCase = async (): Promise<void> => {
    const stream = caseStream(randomUUID());
    const key = await vault.take();
    const encoded = template.map((event) => {
      const commandId = randomUUID();
      const origin = {
        recordedAt: NOW,
        recordedBy,
        commandId,
        fingerprint: deriveUuid(commandId),
        correlationId: commandId,
        causationId: commandId,
      };
      return encodeEvent(stream, randomUUID(), event, origin, key, () => key);
    });
    await log.append(stream, 'no-stream', encoded);
  };
  const cases = Math.ceil(events / template.length);
  for (let written = 0; written < cases; written += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, cases - written) }, writeCase));
  }
};
