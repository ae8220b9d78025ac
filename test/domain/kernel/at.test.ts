import t from 'tap';
import { daysBy, happenedBy, revisionsTelling } from '../../../domain/kernel/at.ts';

t.test('the days that were over by a time, and those that had begun', async (t) => {
  for (const [time, over, begun] of [
    ['2024-03-15', '2024-03-15', '2024-03-15'],
    ['2024-02', '2024-02-29', '2024-02-29'],
    ['2024-03-15T12:00:00+07:00', '2024-03-14', '2024-03-15'],
    // An hour apart: a day begins in China first and ends in Viet Nam last.
    ['2024-03-15T00:30:00+08:00', '2024-03-13', '2024-03-15'],
    ['2024-03-15T23:30:00+07:00', '2024-03-14', '2024-03-16'],
    ['2024-03-15T23:59:59.999+07:00', '2024-03-15', '2024-03-16'],
  ] as const) {
    t.same(daysBy({ time }), { over, begun }, time);
  }
});

t.test('what had happened by a time', async (t) => {
  const by = (occurred: readonly string[], time: string, side: 'CN' | 'VN' = 'CN') =>
    happenedBy(
      occurred.map((occurredAt) => ({ occurredAt })),
      { time, side },
    ).length;
  t.equal(by(['2024-01-01', '2024-01-05'], '2024-01-04'), 1);
  t.equal(by(['2024-01-01', '2024-01-05'], '2024-01'), 2);
  t.equal(by(['2024-01'], '2024-01-15'), 1, 'of a case, what can have happened had');
  t.equal(by(['2024-01-31', '2024-01'], '2024-01-15'), 0, 'but nothing before what goes before it');
  t.equal(by(['2024-01-15T23:30:00+07:00'], '2024-01-15', 'CN'), 0, 'in China it was the next day');
  t.equal(by(['2024-01-15T23:30:00+07:00'], '2024-01-15', 'VN'), 1);
  t.equal(by(['2024-01-15T10:00:00+07:00'], '2024-01-15T11:00:00+08:00'), 1);
  t.equal(by(['2024-01-15T10:00:00+07:00'], '2024-01-15T10:59:00+08:00'), 0);
});

t.test('events are told with all that puts them right, and what was taken back is told by none', async (t) => {
  const recorded = [
    { id: 'opened', type: 'reported' },
    { id: 'seen', type: 'located' },
    { id: 'slip', type: 'captured' },
    { id: 'taken-back', type: 'annulled', data: { eventId: 'slip' } },
    { id: 'put-right', type: 'corrected', data: { eventId: 'seen' } },
    { id: 'not-right', type: 'annulled', data: { eventId: 'put-right' } },
    { id: 'late', type: 'recorded-late', data: { after: 'opened' } },
  ].map((event, revision) => ({ data: {}, ...event, revision })) as never;
  const telling = (...ids: readonly string[]) => [
    ...revisionsTelling(
      recorded,
      ids.map((id) => ({ id })),
    ),
  ];
  t.same(telling('opened', 'late', 'seen'), [0, 1, 4, 5, 6]);
  t.same(telling('opened', 'late'), [0, 6]);
  t.same(telling('opened'), [0]);
  t.same(telling(), []);
});
