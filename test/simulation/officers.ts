import { randomUUID } from 'node:crypto';
import type { OrdinaryEventType } from '../../domain/case/events.ts';
import { foldHistory, type RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { caseLifecycles } from '../../domain/case/lifecycles/index.ts';
import { rowsFrom } from '../../domain/kernel/lifecycle.ts';
import type { Command } from '../../domain/kernel/record.ts';
import { officeSide, type Side } from '../../domain/kernel/sides.ts';
import { CASE_KINDS } from '../../domain/reference/case-kinds.ts';
import { deriveUuid } from '../../src/derived-id.ts';
import { decodeEvent } from '../../src/event-log/codec.ts';
import { LogUnavailable } from '../../src/event-log/port.ts';
import { bodyOf } from '../support/case-bodies.ts';
import { eventData } from '../support/case-event-data.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import type { LogSemantics } from './logs.ts';
import type { SimulatedNode, World } from './node.ts';

/** Ministries see every case of their side's; other offices those that they opened. */
const OFFICES = [...Array<string>(6).fill('CN-MPS'), 'VN-MPS', 'CN-GX-BLO', 'CN-YN-BLO', 'VN-LS-BLO'];

const ANYTHING = Object.keys(eventData) as OrdinaryEventType[];

/** What was answered to a command that was carried out. */
export interface Carried {
  readonly commandId: string;
  readonly caseId: string;
  readonly position: string;
}

export interface Told {
  readonly carried: Carried[];
  refused: number;
  lost: number;
}

interface Order {
  readonly caseId: string;
  readonly command: Command;
  readonly commandId: string;
  readonly office: string;
}

/** The events of a case as its stream has them now. */
export const recordedIn = (log: Pick<LogSemantics, 'readStream'>, caseId: string): readonly RecordedCaseEvent[] =>
  log.readStream(caseStream(caseId)).map((event) => decodeEvent<RecordedCaseEvent>(event).event);

/** Something that an officer may come to send: mostly the next step of the ordinary way or what the table has next, sometimes anything, or what puts something right. */
const nextOrder = ({ log, random }: World, cases: string[]): Order => {
  const office = random.pick(OFFICES);
  const side = officeSide(office) as Side;
  const commandId = randomUUID();
  if (cases.length === 0 || random.chance(0.1)) {
    const [opening] = ordinaryWays[random.pick(CASE_KINDS)];
    const { type, occurredAt, statedBy, data = {}, ...particulars } = bodyOf(opening, side);
    const caseId = deriveUuid('case', commandId);
    cases.push(caseId);
    return {
      caseId,
      command: { name: 'open', type, occurredAt, statedBy, data, particulars } as Command,
      commandId,
      office,
    };
  }
  const caseId = random.pick(cases);
  const recorded = recordedIn(log, caseId);
  const { state } = foldHistory(recorded);
  const order = (type: string, data: object, by: Side = random.pick(['CN', 'VN'] as const)): Order => {
    const { occurredAt, statedBy } = bodyOf({ type, by }, side);
    return { caseId, command: { name: 'record', type, occurredAt, statedBy, data } as Command, commandId, office };
  };
  if (recorded.length > 1 && random.chance(0.08)) {
    const { id: eventId } = random.pick(recorded.slice(1));
    const reason = 'it was written down wrong';
    return random.chance(0.5)
      ? order('annulled', { eventId, reason })
      : order('corrected', { eventId, changes: { note: 'seen again' }, reason });
  }
  const ordinary = state && ordinaryWays[state.kind][recorded.length];
  if (ordinary !== undefined && random.chance(0.7)) {
    return order(ordinary.type, ordinary.data ?? {}, ordinary.by as Side | undefined);
  }
  const here =
    state === undefined ? [] : rowsFrom(caseLifecycles[state.kind], state.standing.state).map((row) => row.event);
  const type = (here.length > 0 && random.chance(0.9) ? random.pick(here) : random.pick(ANYTHING)) as OrdinaryEventType;
  return order(type, random.pick(eventData[type]));
};

/** Sends a command until it is answered, each time to any node, always under its id. */
const sendUntilAnswered = async (
  { random, schedule }: World,
  nodes: readonly SimulatedNode[],
  { caseId, command, commandId, office }: Order,
  told: Told,
): Promise<void> => {
  const recordedBy = { subject: `officer-of-${office}`, office, side: officeSide(office) as Side, role: 'recorder' };
  for (;;) {
    try {
      const { commands } = random.pick(nodes);
      const answer = await commands.execute(caseId, command, { commandId, recordedBy, correlationId: 'simulated' });
      if (answer.ok) told.carried.push({ commandId, caseId, position: answer.value.position });
      else told.refused += 1;
      return;
    } catch (error) {
      if (!(error instanceof LogUnavailable)) throw error;
      told.lost += 1;
      await schedule.pause();
    }
  }
};

/** An officer who sends one command after the other, some of them twice at once. `nodes` are those that run now. */
export const officer = async (
  world: World,
  nodes: readonly SimulatedNode[],
  cases: string[],
  told: Told,
  commands: number,
): Promise<void> => {
  for (let sent = 0; sent < commands; sent++) {
    await world.schedule.pause();
    const order = nextOrder(world, cases);
    const times = world.random.chance(0.15) ? 2 : 1;
    await Promise.all(Array.from({ length: times }, () => sendUntilAnswered(world, nodes, order, told)));
  }
};
