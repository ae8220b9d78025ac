import { randomUUID } from 'node:crypto';
import { caseStreams } from '../../domain/case/kind.ts';
import type { Event, Fields } from '../../domain/kernel/event.ts';
import { EMPTY_HISTORY } from '../../domain/kernel/fold.ts';
import { officeSide, type Side } from '../../domain/kernel/sides.ts';
import { type AnyStreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import { deriveUuid } from '../../src/derived-id.ts';
import { encodeEvent } from '../../src/event-log/codec.ts';
import type { EventLog } from '../../src/event-log/port.ts';
import type { Vault } from '../../src/sealing/vault.ts';
import { commandOf, suspectWay } from './case.ts';

/** What offices send of one record, from its opening on; each step as a request would have it. */
export interface Told {
  readonly kind: AnyStreamKind;
  readonly office: string;
  /** Left out: recorder. */
  readonly role?: string;
  readonly steps: readonly Readonly<Record<string, unknown>>[];
  /** The steps are events already, which name records that are not there. */
  readonly areEvents?: true;
}

/** A suspect's ordinary way, by the Chinese ministry. */
export const SUSPECT: Told = { kind: caseStreams, office: 'CN-MPS', steps: suspectWay };

const NOW = '2026-06-01T00:00:00.000Z';

/** What a load may go to. */
const IDS_TOLD = 100_000;

/** Records that are written at the same time. */
const AT_ONCE = 200;

const recorderOf = ({ office, role = 'recorder' }: Told) => ({
  subject: 'bench',
  office,
  side: officeSide(office) as Side,
  role,
});

/** The events that decisions give for what is told. */
const eventsOf = (told: Told): readonly Event<string, Fields>[] => {
  const { kind, steps, areEvents } = told;
  if (areEvents === true) return steps as unknown as readonly Event<string, Fields>[];
  const recordedBy = recorderOf(told);
  let history = EMPTY_HISTORY;
  return steps.flatMap((step, index) => {
    const context = { now: NOW, eventId: randomUUID(), recordedBy };
    const decided = kind.decider.decide(commandOf(step, index), history, context);
    if (!decided.ok) throw new Error(JSON.stringify(decided.error));
    for (const event of decided.value) {
      const recorded = { ...event, id: context.eventId, revision: index, recordedAt: NOW, recordedBy };
      history = kind.decider.evolve(history, recorded as never) as typeof history;
    }
    return decided.value;
  });
};

/**
 * Appends whole records, each with a key and a stream of its own, until there are as many events: what is told by turns. The events are
 * those that commands would have written; only the decisions are taken once for all of them. Gives the ids of the first of the records.
 */
export const fillLog = async (
  log: EventLog,
  vault: Vault,
  events: number,
  told: readonly Told[] = [SUSPECT],
): Promise<readonly string[]> => {
  const templates = told.map((each) => ({ kind: each.kind, recordedBy: recorderOf(each), events: eventsOf(each) }));
  const writeRecord = async ({ kind, recordedBy, events: template }: (typeof templates)[number]): Promise<void> => {
    const id = randomUUID();
    if (ids.length < IDS_TOLD) ids.push(id);
    const stream = streamOf(kind, id);
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
  const ids: string[] = [];
  let written = 0;
  for (let next = 0; written < events; ) {
    const batch: (typeof templates)[number][] = [];
    while (batch.length < AT_ONCE && written < events) {
      const template = templates[next++ % templates.length] as (typeof templates)[number];
      batch.push(template);
      written += template.events.length;
    }
    await Promise.all(batch.map(writeRecord));
  }
  return ids;
};
