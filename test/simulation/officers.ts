import { caseStreams } from '../../domain/case/kind.ts';
import { LogUnavailable } from '../../src/event-log/port.ts';
import { goesOnWithCase, opensCase } from './case-orders.ts';
import { signsMinutes } from './minutes-orders.ts';
import type { SimulatedNode, World } from './node.ts';
import { idsOf, type KnownRecord, type Order, sideOf } from './orders.ts';
import { goesOnWithRegister, opensRegister } from './register-orders.ts';

/** What was answered to a command that was carried out. */
export interface Carried {
  readonly commandId: string;
  readonly position: string;
}

export interface Told {
  readonly carried: Carried[];
  /** Ids of commands of which nobody can tell any more whether they were carried out, since what they said was erased. */
  readonly erased: string[];
  refused: number;
  lost: number;
}

const FEWEST_CASES = 3;

/** Something that an officer may come to send. */
const nextOrder = (world: World, known: KnownRecord[]): Order => {
  const { random } = world;
  const isBeginning = idsOf(known, caseStreams).length < FEWEST_CASES;
  const choice = random.below(100);
  const order =
    isBeginning || choice < 6
      ? opensCase(world)
      : choice < 14
        ? signsMinutes(world, known)
        : choice < 20
          ? opensRegister(world, known)
          : choice < 32
            ? goesOnWithRegister(world, known)
            : goesOnWithCase(world, known);
  return order ?? opensCase(world);
};

/** Sends a command until it is answered, each time to any node, always under its id. */
const sendUntilAnswered = async (
  { random, schedule }: World,
  nodes: readonly SimulatedNode[],
  { kind, id, command, office }: Order,
  commandId: string,
  known: KnownRecord[],
  told: Told,
): Promise<void> => {
  const recordedBy = { subject: `officer-of-${office}`, office, side: sideOf(office), role: 'recorder' };
  for (;;) {
    try {
      const { execute } = random.pick(nodes).commandsOf(kind.category);
      const answer = await execute(id, command, { commandId, recordedBy, correlationId: 'simulated' });
      if (answer.ok) {
        told.carried.push({ commandId, position: answer.value.position });
        // One that was annulled leaves its place to another id.
        if (!known.some((record) => record.id === answer.value.id)) known.push({ kind, id: answer.value.id });
      } else if (answer.error.reason === 'command-id-reused' && answer.error.erased === true)
        told.erased.push(commandId);
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
  known: KnownRecord[],
  told: Told,
  commands: number,
): Promise<void> => {
  for (let sent = 0; sent < commands; sent++) {
    await world.schedule.pause();
    const order = nextOrder(world, known);
    const commandId = world.random.uuid();
    if (order.command.name === 'open' && !known.some(({ id }) => id === order.id)) known.push(order);
    const times = world.random.chance(0.15) ? 2 : 1;
    await Promise.all(
      Array.from({ length: times }, () => sendUntilAnswered(world, nodes, order, commandId, known, told)),
    );
  }
};
