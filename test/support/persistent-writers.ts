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
  /** How many commands were refused, as a rival was faster. */
  refused(): number;
  /** How many requests had no answer at all: the connection was refused, or ended. */
  unanswered(): number;
  /** Rejects where a writer was answered as nobody ought to be; no writer goes on then. */
  readonly writing: Promise<void>;
  /** Ends when each writer has the answer to what it sent last. */
  stop(): Promise<void>;
  /** Sends nothing any more, answered or not. */
  abandon(): void;
}

/** Between two tries; those who wait do not come back in step. */
const PAUSE_MS = 20;

/** What is not an answer to a command, but says that it is to be sent again. */
const isToBeSentAgain = ({ status, headers }: Json): boolean => {
  if (status !== 503) return false;
  if (headers.get('retry-after') === null) throw new Error('503 without Retry-After');
  return true;
};

/** An officer who is not the first to record a step is told that it cannot be recorded any more. */
const REFUSED = [409, 422];

interface Answered extends Json {
  /** How often the command was sent. */
  readonly sent: number;
}

/**
 * Writers that open cases of every kind and record the steps of their ordinary ways, one after the other; what is not answered
 * they send again with the same key until it is. Where there are several nodes, each command goes to all of them at once, and what
 * one does not answer goes to the next; and beside each step a rival sends the same of its own, under another key.
 */
export const startWriters = (nodes: readonly Pick<Client, 'post'>[], count: number): Writers => {
  const acknowledged: Acknowledged[] = [];
  let last = '';
  let refused = 0;
  let unanswered = 0;
  let isOver = false;
  let isAbandoned = false;
  const sendUntilAnswered = async (first: number, path: string, body: object, key: string): Promise<Answered> => {
    for (let sent = 1; ; sent++) {
      const { post } = nodes[(first + sent - 1) % nodes.length] as Pick<Client, 'post'>;
      const answer = await post(path, body, { 'idempotency-key': key }).catch((error: unknown) => {
        // Of fetch, when the connection was refused or has ended: https://fetch.spec.whatwg.org/#fetch-method
        if (!(error instanceof TypeError)) throw error;
        unanswered += 1;
        return undefined;
      });
      if (answer !== undefined && !isToBeSentAgain(answer)) return { ...answer, sent };
      if (isAbandoned) throw new Error(`${key} was not answered`);
      await wait(PAUSE_MS * (0.5 + Math.random()));
    }
  };
  /** Undefined where it was refused, as a rival's step came before. */
  const send = async (path: string, body: object, key: string): Promise<Json | undefined> => {
    const sentAfter = last;
    const answers = await Promise.all(nodes.map((_, first) => sendUntilAnswered(first, path, body, key)));
    const [answer] = answers as [Answered, ...Answered[]];
    const { status, headers } = answer;
    const position = String(headers.get('event-position'));
    for (const other of answers) {
      const isSame = other.status === status && String(other.headers.get('event-position')) === position;
      if (!isSame) throw new Error(`${key} was answered in two ways: ${JSON.stringify([answer, other])}`);
    }
    if (nodes.length > 1 && REFUSED.includes(status)) {
      refused += 1;
      return undefined;
    }
    if (status !== 201) throw new Error(`${status} for ${key}: ${JSON.stringify(answer.body)}`);
    if (position > last) last = position;
    const { id: caseId, revision } = answer.body;
    const sent = Math.max(...answers.map((each) => each.sent));
    acknowledged.push({ key, caseId, type: typeOf(body), revision, position, sentAfter, sent });
    return answer;
  };
  const record = async (path: string, body: object, key: string): Promise<void> => {
    const keys = nodes.length > 1 ? [key, `${key}-rival`] : [key];
    const answers = await Promise.all(keys.map((each) => send(path, body, each)));
    if (answers.every((answer) => answer === undefined)) throw new Error(`${key} and its rival were both refused`);
  };
  const writer = async (number: number): Promise<void> => {
    for (let cases = 0; !isOver; cases++) {
      const kind = CASE_KINDS[(number + cases) % CASE_KINDS.length] as CaseKind;
      const [opening, ...steps] = ordinaryWays[kind];
      const opened = await send('/v1/cases', bodyOf(opening), `${number}-${cases}-0`);
      if (opened === undefined) throw new Error(`the opening of case ${number}-${cases} was refused`);
      for (const [index, step] of steps.entries()) {
        if (isOver) return;
        await record(opened.body.links.events, bodyOf(step), `${number}-${cases}-${index + 1}`);
      }
    }
  };
  const abandon = (): void => {
    isOver = true;
    isAbandoned = true;
  };
  const writing = Promise.all(Array.from({ length: count }, (_, number) => writer(number))).then(() => {});
  writing.catch(abandon);
  return {
    acknowledged,
    refused: () => refused,
    unanswered: () => unanswered,
    writing,
    abandon,
    stop: () => {
      isOver = true;
      return writing;
    },
  };
};

const typeOf = (body: object): string => String((body as { readonly type?: unknown }).type);
