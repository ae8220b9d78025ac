import type { Readable } from 'node:stream';
import fc from 'fast-check';
import type { Answer } from '../support/app.ts';
import { createJudge, EVENT_STREAM, eventsSent, type Operation, operationsOf } from './document.ts';
import { type FilledLedger, poolOf } from './ledger.ts';
import { createRequests, type FuzzedRequest, type Told } from './requests.ts';

export interface Campaign {
  readonly seed: number;
  readonly requests: number;
}

export interface Outcome {
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** How often each operation was answered with a 2xx. */
  readonly reached: ReadonlyMap<string, number>;
  /** Events that were sent by answers without an end. */
  readonly eventsSent: number;
  /** What is wrong, each once by operation and kind, with the request that shows it. */
  readonly faults: readonly string[];
  /** Ids of refused requests under which something was written. */
  readonly writtenThoughRefused: readonly string[];
}

/** Replays take a processor each; a few of them are enough. */
const SELDOM = new Map([['startReplay', 0.05]]);

const requestId = (seed: number, nth: number): string => `fuzz-${seed >>> 0}-${nth}`;

/** Sends requests one after the other, each made of the seed and its number alone as far as the ids in it do not come from answers. */
export const runCampaign = async (ledger: FilledLedger, { seed, requests }: Campaign): Promise<Outcome> => {
  const document = (await ledger.get('/openapi.json')).json();
  const operations = operationsOf(document);
  const judge = createJudge(document);
  const told: Told = { cursors: poolOf('none'), etags: poolOf('"none"'), positions: poolOf('0') };
  const requestOf = createRequests(document, ledger, told);
  const any = fc
    .tuple(fc.constantFrom(...operations), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([operation, chance]) =>
      chance < (SELDOM.get(operation.operationId) ?? 1) ? operation : (operations[0] as Operation),
    );

  const statuses = new Map<number, number>();
  const reached = new Map<string, number>(operations.map(({ operationId }) => [operationId, 0]));
  const faults = new Map<string, string>();
  const refused = new Set<string>();
  let sent = 0;
  const writtenThoughRefused: string[] = [];
  let scanned = await ledger.ledger.log.head();

  const look = async (): Promise<void> => {
    for await (const chunk of ledger.ledger.log.readAll(scanned)) {
      for (const { metadata, position, stream } of chunk) {
        scanned = position;
        const { correlationId } = JSON.parse(metadata) as { readonly correlationId?: string };
        if (correlationId !== undefined && refused.has(correlationId))
          writtenThoughRefused.push(`${correlationId} in ${stream}`);
      }
    }
    refused.clear();
  };

  for (let nth = 0; nth < requests; nth++) {
    const [operation] = fc.sample(any, { seed: seed + nth, numRuns: 1 }) as [Operation];
    const [request] = fc.sample(requestOf(operation), { seed: seed + nth, numRuns: 1 }) as [FuzzedRequest];
    const id = requestId(seed, nth);
    const answer = await send(ledger, request, id);
    const { statusCode } = answer;
    statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
    if (statusCode < 300) {
      reached.set(operation.operationId, (reached.get(operation.operationId) ?? 0) + 1);
      learn(ledger, told, operation, answer);
    } else if (statusCode !== 304) {
      refused.add(id);
    }
    sent += eventsSent(answer);
    const fault = judge(operation, answer);
    if (fault !== undefined) {
      const kind = `${operation.operationId} ${statusCode}: ${fault.slice(0, 200)}`;
      if (!faults.has(kind))
        faults.set(kind, `${kind} (request ${nth}: ${shown(request)} -> ${answer.body.slice(0, 300)})`);
    }
    if (nth % 500 === 499) await look();
  }
  await look();
  return { statuses, reached, eventsSent: sent, faults: [...faults.values()], writtenThoughRefused };
};

/** Longer than the next piece of an answer without end takes that is there already. */
const NOTHING_MORE_MS = 30;

const send = async (
  { app }: FilledLedger,
  { operation, url, headers, payload }: FuzzedRequest,
  id: string,
): Promise<Answer> => {
  const request = {
    method: operation.method,
    url,
    headers: { ...headers, 'x-request-id': id },
    ...(payload !== undefined && { payload }),
  };
  if (headers.accept !== EVENT_STREAM) return app.inject(request);
  const reading = new AbortController();
  const answer = await app.inject({ ...request, payloadAsStream: true, signal: reading.signal });
  return Object.assign(answer, { body: await beginningOf(answer.stream(), reading) });
};

/** What there is of an answer, to its last whole line: until it ends, or nothing more comes; whoever reads goes away then. */
const beginningOf = async (stream: Readable, reading: AbortController): Promise<string> => {
  let text = '';
  let waiting = setTimeout(() => reading.abort(), NOTHING_MORE_MS);
  try {
    for await (const piece of stream) {
      text += piece;
      clearTimeout(waiting);
      waiting = setTimeout(() => reading.abort(), NOTHING_MORE_MS);
    }
    return text;
  } catch (error) {
    if (!reading.signal.aborted) throw error;
    return text.slice(0, text.lastIndexOf('\n') + 1);
  } finally {
    clearTimeout(waiting);
  }
};

/** Keeps what may be sent back: ids, tags, cursors and positions. */
const learn = (
  { records, ids }: FilledLedger,
  told: Told,
  { path, method }: Operation,
  { headers, body }: Answer,
): void => {
  if (headers.etag !== undefined) told.etags.add(String(headers.etag));
  if (headers['event-position'] !== undefined) told.positions.add(String(headers['event-position']));
  const cursor = /[?&]cursor=([^&>]+)/.exec(String(headers.link ?? ''))?.[1];
  if (cursor !== undefined) told.cursors.add(decodeURIComponent(cursor));
  if (method !== 'POST' || path.endsWith('/search')) return;
  const { id } = JSON.parse(body) as { readonly id?: string };
  if (id === undefined) return;
  ids.add(id);
  if (!path.includes('{')) records.get(path)?.add(id);
};

const shown = ({ operation, url, headers, payload }: FuzzedRequest): string => {
  const { authorization: _, ...others } = headers;
  return `${operation.method} ${url.slice(0, 300)} ${JSON.stringify(others)} ${String(payload ?? '').slice(0, 500)}`;
};
