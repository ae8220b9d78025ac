import { type AllCommands, createAllCommands } from '../../src/application/all-commands.ts';
import { type EventLog, LogUnavailable } from '../../src/event-log/port.ts';
import type { KeyEncryptionKeys } from '../../src/sealing/key-encryption-key.ts';
import { openVault, type Vault } from '../../src/sealing/vault.ts';
import type { LogSemantics } from './logs.ts';
import type { Random } from './random.ts';
import type { Schedule } from './schedule.ts';

/** Of calls to the log so many are lost on their way there, and so many answers on their way back. */
const LOST = 0.04;

export interface SimulatedNode extends AllCommands {
  readonly log: EventLog;
  readonly vault: Vault;
  /** Ends it, as `kill -9` does: nothing that it was about to do comes about any more, or comes late. */
  crash(): void;
}

export interface World {
  readonly log: LogSemantics;
  readonly random: Random;
  readonly schedule: Schedule;
  readonly clock: () => Date;
  readonly keyEncryptionKeys: KeyEncryptionKeys;
}

const lost = (): LogUnavailable => new LogUnavailable('lost on the way');

/** A node of the ledger: the service's own command handler and vault, over a log whose every call takes its time and can be lost. */
export const startNode = ({ log: semantics, random, schedule, clock, keyEncryptionKeys }: World): SimulatedNode => {
  let isDown = false;

  const call = async <Answer>(does: () => Answer, mayComeLate = false): Promise<Answer> => {
    await schedule.pause();
    if (isDown || random.chance(LOST)) {
      if (mayComeLate && random.chance(0.5)) schedule.later(() => attempt(does));
      throw lost();
    }
    const answer = does();
    await schedule.pause();
    if (isDown || random.chance(LOST)) throw lost();
    return answer;
  };

  /** Its sender hears nothing of it. */
  const attempt = (does: () => unknown): void => {
    try {
      does();
    } catch {
      // Refused by the log, as a call that was overtaken is.
    }
  };

  const log: EventLog = {
    append: (...args) => call(() => semantics.append(...args), semantics.writesMayComeLate),
    readStream: (...args) => call(() => semantics.readStream(...args)),
    head: () => call(() => semantics.after(undefined).at(-1)?.position),
    async *readAll(after) {
      yield await call(() => semantics.after(after));
    },
    subscribe: () => {
      throw new Error('views of a simulation read in steps');
    },
    tombstone: (stream) => call(() => semantics.tombstone(stream), semantics.writesMayComeLate),
    failure: () => undefined,
    close: async () => {},
  };
  const vault = openVault(log, keyEncryptionKeys, clock);
  return {
    log,
    vault,
    // What comes first is for the schedule alone to say: no timer of the machine ends before the history does.
    ...createAllCommands({ log, vault, clock, patienceMs: 2 ** 31 - 1 }),
    crash: () => {
      isDown = true;
    },
  };
};
