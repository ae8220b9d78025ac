import type { EventToAppend } from '../port.ts';
import type { WriteRequest } from './writer.ts';

/**
 * Requests on their way to the writer's thread: all their text in one piece, and its lengths. To copy one long text
 * between threads costs a third of what it costs to copy as many objects, and the writer's time is what limits appends.
 *
 * The numbers of a request: the expected revision (or what stands for it), how many events, the length of the stream's
 * name; then for each event the lengths of id, type, data and metadata.
 */
export interface PackedRequests {
  readonly text: string;
  readonly numbers: Float64Array;
}

const NO_STREAM = -1;
const TOMBSTONE = -2;

const expectedNumber = (request: WriteRequest): number => {
  if (request.kind === 'tombstone') return TOMBSTONE;
  return request.expected === 'no-stream' ? NO_STREAM : request.expected;
};

export const packRequests = (requests: readonly WriteRequest[]): PackedRequests => {
  const texts: string[] = [];
  const numbers: number[] = [];
  for (const request of requests) {
    const events = request.kind === 'append' ? request.events : [];
    texts.push(request.stream);
    numbers.push(expectedNumber(request), events.length, request.stream.length);
    for (const { id, type, data, metadata } of events) {
      texts.push(id, type, data, metadata);
      numbers.push(id.length, type.length, data.length, metadata.length);
    }
  }
  return { text: texts.join(''), numbers: new Float64Array(numbers) };
};

export const unpackRequests = ({ text, numbers }: PackedRequests): readonly WriteRequest[] => {
  let textAt = 0;
  let numberAt = 0;
  const nextNumber = (): number => numbers[numberAt++] ?? Number.NaN;
  const nextText = (): string => {
    const from = textAt;
    textAt += nextNumber();
    return text.slice(from, textAt);
  };
  const nextEvent = (): EventToAppend => ({ id: nextText(), type: nextText(), data: nextText(), metadata: nextText() });

  const requests: WriteRequest[] = [];
  while (numberAt < numbers.length) {
    const expected = nextNumber();
    const count = nextNumber();
    const stream = nextText();
    if (expected === TOMBSTONE) {
      requests.push({ kind: 'tombstone', stream });
    } else {
      const events = Array.from({ length: count }, nextEvent);
      requests.push({ kind: 'append', stream, expected: expected === NO_STREAM ? 'no-stream' : expected, events });
    }
  }
  return requests;
};
