import { setTimeout as wait } from 'node:timers/promises';
import { type EventLog, LogOverloaded, LogUnavailable } from '../../src/event-log/port.ts';

/**
 * What can happen to a call of a log.
 * - `error`: it fails, and nothing was done.
 * - `torn`: it is done, and the answer is lost on the way; of what comes in parts the first one arrives.
 * - `delay`: it is done, and answered late.
 * - `hang`: it is not done, and never answered.
 * - `overload`: it is turned away.
 */
export const FAULTS = ['error', 'torn', 'delay', 'hang', 'overload'] as const;
export type Fault = (typeof FAULTS)[number];

/** The calls of the port to which something can happen: `failure` asks nothing of the log, and `close` ends. */
export type LogCall = Exclude<keyof EventLog, 'failure' | 'close'>;

const DELAY_MS = 100;

const never = (): Promise<never> => new Promise(() => {});

const lost = (): LogUnavailable => new LogUnavailable('the log is away');

export interface FaultyLog extends EventLog {
  /** Lets the next call of this kind fail so; those after it go well. */
  failNext(call: LogCall, fault: Fault): void;
}

/** A real log to whose calls something happens when a test says so. */
export const faultyLog = (log: EventLog): FaultyLog => {
  const next = new Map<LogCall, Fault>();
  const take = (call: LogCall): Fault | undefined => {
    const fault = next.get(call);
    next.delete(call);
    return fault;
  };

  const answer = async <Answer>(call: LogCall, does: () => Promise<Answer>): Promise<Answer> => {
    switch (take(call)) {
      case 'error':
        throw lost();
      case 'torn':
        await does();
        throw lost();
      case 'delay':
        await wait(DELAY_MS);
        return does();
      case 'hang':
        return never();
      case 'overload':
        throw new LogOverloaded('too much waits');
      case undefined:
        return does();
    }
  };

  async function* parts<Part>(call: LogCall, does: () => AsyncIterable<Part>): AsyncGenerator<Part, void, undefined> {
    const fault = take(call);
    if (fault === 'error') throw lost();
    if (fault === 'overload') throw new LogOverloaded('too much waits');
    if (fault === 'hang') await never();
    if (fault === 'delay') await wait(DELAY_MS);
    for await (const part of does()) {
      yield part;
      if (fault === 'torn') throw lost();
    }
  }

  return {
    append: (...args) => answer('append', () => log.append(...args)),
    tombstone: (stream) => answer('tombstone', () => log.tombstone(stream)),
    readStream: (...args) => answer('readStream', () => log.readStream(...args)),
    head: () => answer('head', () => log.head()),
    readAll: (after) => parts('readAll', () => log.readAll(after)),
    subscribe: (options) => parts('subscribe', () => log.subscribe(options)),
    failure: () => log.failure(),
    close: () => log.close(),
    failNext: (call, fault) => {
      next.set(call, fault);
    },
  };
};
