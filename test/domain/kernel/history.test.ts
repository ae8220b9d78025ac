import t from 'tap';
import type { Event, Recorded } from '../../../domain/kernel/event.ts';
import { effectiveHistory, isRevising, type Revising } from '../../../domain/kernel/history.ts';

type Diary = Event<'rain' | 'sun', { hours?: number; sky?: string }>;

const record = (...events: readonly (Diary | Revising)[]): readonly Recorded<Diary | Revising>[] =>
  events.map((event, revision) => ({
    ...event,
    id: `e${revision}`,
    revision,
    recordedAt: '2024-01-01T00:00:00.000Z',
    recordedBy: { subject: 's', office: 'CN-MPS', side: 'CN', role: 'recorder' },
  }));

const rain = (hours: number): Diary => ({ type: 'rain', occurredAt: '2024-01-01', data: { hours, sky: 'grey' } });
const sun: Diary = { type: 'sun', occurredAt: '2024-01-02', data: {} };
const at = '2024-02-01';
const corrected = (
  eventId: string,
  changes: Record<string, unknown>,
  sealedChanges?: Record<string, unknown>,
): Revising => ({
  type: 'corrected',
  occurredAt: at,
  data: { eventId, eventType: 'rain', changes, sealedChanges },
});
const annulled = (eventId: string): Revising => ({ type: 'annulled', occurredAt: at, data: { eventId } });
const late = (after: string, hours: number): Revising => ({
  type: 'recorded-late',
  occurredAt: at,
  data: { after, event: rain(hours), sealedData: { sky: 'black' } },
});

const read = (...events: readonly (Diary | Revising)[]) =>
  effectiveHistory<Diary>(record(...events)).map(({ id, type, data }) => [id, type, data.hours]);

t.test('without anything to put right the history is what was recorded', async (t) => {
  const recorded = record(rain(1), sun);
  t.same(
    effectiveHistory<Diary>(recorded),
    recorded.map((event) => ({ ...event, correctedBy: [] })),
  );
  t.same(effectiveHistory<Diary>([]), []);
});

t.test('corrections apply one after the other; null takes a field away', async (t) => {
  const [first] = effectiveHistory<Diary>(
    record(rain(1), corrected('e0', { hours: 2 }, { sky: null }), corrected('e0', { hours: 3 })),
  );
  t.same(first?.data, { hours: 3 });
  t.same(first?.correctedBy, ['e1', 'e2']);
  t.equal(first?.occurredAt, '2024-01-01');
});

t.test('what is sealed of a revision may be missing', async (t) => {
  const [first] = effectiveHistory<Diary>(record(rain(1), corrected('e0', { hours: 2 })));
  t.same(first?.data, { hours: 2, sky: 'grey' });
});

t.test('an annulled correction, late event or ordinary event is as if it had not been', async (t) => {
  t.same(read(rain(1), corrected('e0', { hours: 2 }), annulled('e1')), [['e0', 'rain', 1]]);
  t.same(read(rain(1), sun, annulled('e1')), [['e0', 'rain', 1]]);
  t.same(read(rain(1), late('e0', 5), annulled('e1')), [['e0', 'rain', 1]]);
  t.same(read(rain(1), sun, annulled('e0')), [], 'and with the first one, everything');
});

t.test('late events stand directly after the one that they name', async (t) => {
  t.same(read(rain(1), sun, late('e0', 5)), [
    ['e0', 'rain', 1],
    ['e2', 'rain', 5],
    ['e1', 'sun', undefined],
  ]);
  t.same(
    read(rain(1), sun, late('e0', 5), late('e0', 6), late('e2', 7)).map(([id]) => id),
    ['e0', 'e3', 'e2', 'e4', 'e1'],
  );
  t.same(
    read(rain(1), sun, sun, late('e1', 5), annulled('e1')).map(([id]) => id),
    ['e0', 'e3', 'e2'],
    'also where that one was annulled',
  );
});

t.test('a late event is corrected by the id under which it came in', async (t) => {
  t.same(read(rain(1), late('e0', 5), corrected('e1', { hours: 6 })), [
    ['e0', 'rain', 1],
    ['e1', 'rain', 6],
  ]);
});

t.test('three events put the record right', async (t) => {
  t.same(record(rain(1), sun, late('e0', 1), annulled('e0'), corrected('e0', {})).map(isRevising), [
    false,
    false,
    true,
    true,
    true,
  ]);
});
