import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { AccessRecord } from '../../domain/access/record.ts';
import type { EventLog } from '../event-log/port.ts';
import { holdLock } from '../process-lock.ts';
import { readOrMakeSecretFile } from '../secret-file.ts';
import { shipDay } from './ship.ts';
import { dayOfSegment, openSpool, type SpoolStatus } from './spool.ts';

/** At most so often records go to the log: the more there are in an event, the less each costs. */
const SHIP_EVERY_MS = 2_000;

export interface AccessStatus extends SpoolStatus {
  /** Why records could not go to the log the last time; undefined where they could. */
  readonly shippingFailure: string | undefined;
}

/** Puts on record who reads what is a person's. */
export interface AccessRecorder {
  /** Gives back when the record is durable on this node. Rejects with SpoolUnavailable, SpoolOverloaded. */
  write(record: AccessRecord): Promise<void>;
  status(): AccessStatus;
  /** Sends to the log what is left, if that can be done. */
  close(): Promise<void>;
}

export interface AccessRecorderOptions {
  /** Where records are kept until they are in the log. */
  readonly directory: string;
  readonly log: Pick<EventLog, 'append' | 'readStream'>;
  readonly clock: () => Date;
  readonly shipEveryMs?: number;
}

/** Of the directory of a node: where the files are that wait for the log. */
export const spoolDirectory = (directory: string): string => join(directory, 'spool');

/** The file that names a node: its streams are its own. */
const nodeOf = (directory: string): string =>
  readOrMakeSecretFile(join(directory, 'node'), () => randomUUID().slice(0, 8));

/** Opens the spool of a node and sends what is in it to the log, again and again. Throws LockHeld where another process does. */
export const startAccessRecorder = ({
  directory,
  log,
  clock,
  shipEveryMs = SHIP_EVERY_MS,
}: AccessRecorderOptions): AccessRecorder => {
  const lock = holdLock(join(directory, 'access.lock'));
  const node = nodeOf(directory);
  const spool = openSpool(spoolDirectory(directory));
  let shippingFailure: string | undefined;

  const ship = async (): Promise<void> => {
    try {
      for (const [day, names] of Map.groupBy(await spool.release(), dayOfSegment)) {
        await shipDay({ log, node, clock }, spool, day, names);
      }
      shippingFailure = undefined;
    } catch (error) {
      shippingFailure = (error as Error).message;
    }
  };

  let shipping: Promise<void> | undefined;
  const timer = setInterval(() => {
    shipping ??= ship().finally(() => {
      shipping = undefined;
    });
  }, shipEveryMs).unref();

  return {
    write: spool.write,
    status: () => ({ ...spool.status(), shippingFailure }),
    close: async () => {
      clearInterval(timer);
      await shipping;
      await spool.close();
      await ship();
      lock.close();
    },
  };
};
