/**
 * What of writing an event is sealing: the events of one case as a command writes them (canonical form, fingerprint, split, box, salt), against
 * the same split and written as JSON without a box and a fingerprint; in turn, in one process.
 */
import { randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { caseStreams } from '../domain/case/kind.ts';
import { splitData } from '../domain/kernel/event-shapes.ts';
import { streamOf } from '../domain/kernel/stream-kind.ts';
import { encodeEvent } from '../src/event-log/codec.ts';
import { fingerprint, randomKey } from '../src/sealing/cipher.ts';
import { suspectWay } from './support/case.ts';
import { median, printTable } from './support/figures.ts';

const ROUNDS = 9;
const CASES = 5_000;

const key = { id: randomUUID(), key: randomKey() };
const stream = streamOf(caseStreams, randomUUID());
const events = suspectWay.slice(1).map((step) => {
  const { type, occurredAt, statedBy, data = {} } = step as Record<string, never>;
  return { type, occurredAt, statedBy, data } as unknown as {
    type: string;
    occurredAt: string;
    data: Record<string, unknown>;
  };
});

const origin = (print: string) => ({
  recordedAt: '2026-06-01T00:00:00.000Z',
  recordedBy: { subject: 'bench', office: 'CN-MPS', side: 'CN', role: 'recorder' } as const,
  commandId: randomUUID(),
  fingerprint: print,
  correlationId: 'bench',
  causationId: 'bench',
});

const sealed = (): number => {
  let bytes = 0;
  for (const event of events) {
    const print = fingerprint(key.key, canonicalize(event) as string);
    const { data, metadata } = encodeEvent(stream, randomUUID(), event, origin(print), key, () => key);
    bytes += data.length + metadata.length;
  }
  return bytes;
};

const plain = (): number => {
  let bytes = 0;
  for (const event of events) {
    const { open, sealed: rest } = splitData(caseStreams.rules.shapes, event.type, event.data);
    const data = JSON.stringify({ occurredAt: event.occurredAt, open, sealed: rest });
    const metadata = JSON.stringify({ ...origin(''), id: randomUUID(), keyId: key.id, salt: '' });
    bytes += data.length + metadata.length;
  }
  return bytes;
};

/** Microseconds an event. */
const time = (work: () => number): number => {
  const began = performance.now();
  for (let count = 0; count < CASES; count++) work();
  return ((performance.now() - began) * 1_000) / (CASES * events.length);
};

const figures = { sealed: [] as number[], plain: [] as number[] };
for (let round = 0; round <= ROUNDS; round++) {
  const [withBox, withoutBox] = [time(sealed), time(plain)];
  // The first round warms both up.
  if (round === 0) continue;
  figures.sealed.push(withBox);
  figures.plain.push(withoutBox);
}
const [ours, theirs] = [median(figures.sealed), median(figures.plain)];
printTable(
  'Sealing an event',
  ['sealed µs', 'plain µs', 'sealing µs', 'plain/sealed'],
  [[ours.toFixed(1), theirs.toFixed(1), (ours - theirs).toFixed(1), (theirs / ours).toFixed(2)]],
);
