import { setTimeout as wait } from 'node:timers/promises';
import { CASE_KINDS, type CaseKind } from '../../domain/reference/case-kinds.ts';
import { bodyOf } from './case-bodies.ts';
import type { Client, Json } from './http-client.ts';
import { ordinaryWays } from './ordinary-ways.ts';

/** A command that was answered, if not at the first time then at a later one, always with the same key. */
export interface Acknowledged {
  readonly key: string;
  readonly caseId: string;
  readonly type: string;
  readonly revision: number;
  readonly position: string;
  /** The greatest position that anybody had been told before it was sent for the first time; empty before all. */
  readonly sentAfter: string;
  /** How often it was sent; more than once where an answer was lost. */
  readonly sent: number;
}

export interface Writers {
  readonly acknowledged: readonly Acknowledged[];
  /** Ends when each writer has the answer to what it sent last. */
  stop(): Promise<void>;
}

/** Between two tries; those who wait do not come back in step. */
const PAUSE_MS = 20;

/** What is not an answer to a command, but says that it is to be sent again. */
const isToBeSentAgain = ({ status, headers }: Json): boolean => {
  if (status !== 503) return false;
  if (headers.get('retry-after') === null) throw new Error('503 without Retry-After');
  return true;
};

/**
 * Writers that open cases of every kind and record the steps of their ordinary ways, one after the other; what is not answered
 * they send again with the same key until it is.
 */
export const startWriters = ({ post }: Pick<Client, 'post'>, count: number): Writers => {
  const acknowledged: Acknowledged[] = [];
  let last = '';
  let isOver = false;
  const send = async (path: string, body: object, key: string): Promise<Json> => {
    const sentAfter = last;
    for (let sent = 1; ; sent++) {
      const answer = await post(path, body, { 'idempotency-key': key }).catch((error: unknown) => {
        // Of fetch, when the connection was refused or has ended: https://fetch.spec.whatwg.org/#fetch-method
        if (error instanceof TypeError) return undefined;
        throw error;
      });
      if (answer === undefined || isToBeSentAgain(answer)) {
        await wait(PAUSE_MS * (0.5 + Math.random()));
        continue;
      }
      const { status, headers } = answer;
      if (status !== 201) throw new Error(`${status} for ${key}: ${JSON.stringify(answer.body)}`);
      const position = String(headers.get('event-position'));
      if (position > last) last = position;
      const { id: caseId, revision } = answer.body;
      acknowledged.push({ key, caseId, type: typeOf(body), revision, position, sentAfter, sent });
      return answer;
    }
  };
  const writer = async (number: number): Promise<void> => {
    for (let cases = 0; !isOver; cases++) {
      const kind = CASE_KINDS[(number + cases) % CASE_KINDS.length] as CaseKind;
      const [opening, ...steps] = ordinaryWays[kind];
      const { links } = (await send('/v1/cases', bodyOf(opening), `${number}-${cases}-0`)).body;
      for (const [index, step] of steps.entries()) {
        if (isOver) return;
        await send(links.events, bodyOf(step), `${number}-${cases}-${index + 1}`);
      }
    }
  };
  const writing = Promise.all(Array.from({ length: count }, (_, number) => writer(number)));
  writing.catch(() => {}); // Whoever stops them is told.
  return {
    acknowledged,
    stop: async () => {
      isOver = true;
      await writing;
    },
  };
};

const typeOf = (body: object): string => String((body as { readonly type?: unknown }).type);
