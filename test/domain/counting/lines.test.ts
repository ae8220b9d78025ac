import fc from 'fast-check';
import t from 'tap';
import type { CaseHistory } from '../../../domain/case/history.ts';
import { type CountedCase, countedOf } from '../../../domain/counting/counted-case.ts';
import { asSaid, type CountedLine, distinctLines, linesOf } from '../../../domain/counting/lines.ts';
import { enteredByChina, eventId, given, type Step, stateOf } from '../../support/case-scenario.ts';
import { ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const FUGITIVE = 'f0000000-0000-4000-8000-000000000001';
const DUPLICATE = 'f0000000-0000-4000-8000-000000000002';

const datesOf = (lines: readonly CountedLine[]) => lines.map(({ date }) => date);

/** The handovers of a case, as they are counted. */
const handoversOf = (caseId: string, history: CaseHistory): readonly CountedLine[] =>
  linesOf(caseId, countedOf(history) as CountedCase).filter(({ measure }) => measure === 'handed-over');

const transferred = wayTo('fugitive', 'transferred').map((step) => ({ ...step, occurredAt: '2017-06-01' }));

/** A fugitive who is handed over on some days, escaping in between. */
const handedOverOn = (caseId: string, ...handoverDates: readonly string[]): readonly CountedLine[] => {
  const rounds = handoverDates.map((handoverDate, round): Step[] => {
    const occurredAt = handoverDate.split('/').at(-1) as string;
    const handover = { type: 'handed-over-at-border-pass', occurredAt, data: { handoverDate, pass: 'dongxing' } };
    if (round === 0) return [handover];
    const again: Step[] = [
      { type: 'escaped' },
      { by: 'VN', type: 'recaptured' },
      ...wayTo('fugitive', 'transferred').slice(3),
    ];
    return [...again.map((step) => ({ ...step, occurredAt })), handover];
  });
  return handoversOf(caseId, given([...transferred, ...rounds.flat()]));
};

t.test('a handover is one line, with all that it is counted by', async (t) => {
  t.same(handedOverOn(FUGITIVE, '2017-11-03'), [
    {
      measure: 'handed-over',
      caseId: FUGITIVE,
      eventId: '00000000-0000-4000-8000-000000000007',
      date: '2017-11-03',
      year: 2017,
      direction: 'VN-CN',
      kind: 'fugitive',
      pass: 'dongxing',
      incident: FUGITIVE,
      offences: [],
      province: undefined,
      otherYear: undefined,
      said: [
        {
          saidBy: undefined,
          nextSaidFrom: undefined,
          nextSaidBy: undefined,
          deliveringOffice: 'VN-MPS',
          receivingOffice: 'CN-MPS',
          delivered: false,
          received: true,
          agreement: 'one-sided',
          differsIn: [],
        },
      ],
    },
  ]);
});

t.test('what the two sides say of a handover has times: until a word of the other side, and from it on', async (t) => {
  const timesOf = (handoverDate: string, ...words: readonly Step[]) => {
    const occurredAt = handoverDate.slice(0, 10);
    const handover = { type: 'handed-over-at-border-pass', occurredAt, data: { handoverDate } };
    return handoversOf(FUGITIVE, given([...transferred, handover, ...words]))
      .flatMap(asSaid)
      .map(({ saidBy, nextSaidFrom, nextSaidBy, agreement }) => [saidBy, nextSaidFrom, nextSaidBy, agreement]);
  };
  const confirmed = (occurredAt: string): Step => ({ by: 'VN', type: 'delivery-confirmed', occurredAt });
  const disputed = (occurredAt: string): Step => ({
    by: 'VN',
    type: 'handover-disputed',
    occurredAt,
    data: { differsIn: ['pass'] },
  });
  t.same(timesOf('2017-11-03', confirmed('2017-11-03')), [[undefined, undefined, undefined, 'matched']], 'at once');
  t.same(timesOf('2017-11-03', confirmed('2017-11-20')), [
    [undefined, '2017-11-20', '2017-11-20', 'one-sided'],
    ['2017-11-20', undefined, undefined, 'matched'],
  ]);
  t.same(timesOf('2017-11-03', disputed('2017-11-10'), confirmed('2017-12')), [
    [undefined, '2017-11-10', '2017-11-10', 'one-sided'],
    ['2017-11-10', '2017-12-01', '2017-12-31', 'conflicting'],
    ['2017-12-31', undefined, undefined, 'matched'],
  ]);
  t.same(
    timesOf('2017-11-03', disputed('2017-11-20'), confirmed('2017-11-20')),
    [
      [undefined, '2017-11-20', '2017-11-20', 'one-sided'],
      ['2017-11-20', undefined, undefined, 'matched'],
    ],
    'of two words of one day the last holds',
  );
  t.same(
    timesOf('2017-11', confirmed('2017-11-20')),
    [
      [undefined, '2017-11-20', '2017-11-20', 'one-sided'],
      ['2017-11-20', undefined, undefined, 'matched'],
    ],
    'it can have been before the word',
  );
});

t.test('an arrest is no handover, and neither is a temporary surrender or its return', async (t) => {
  t.same(handoversOf(FUGITIVE, given(wayTo('fugitive', 'captured'))), []);
  const temporary = given([
    ...wayTo('fugitive', 'transfer-approved'),
    { type: 'temporarily-surrendered', data: { handoverDate: '2024-01-01', returnDue: '2024-03-01' } },
    { type: 'returned-from-temporary-surrender', data: { handoverDate: '2024-01-01' } },
  ]);
  t.same(handoversOf(FUGITIVE, temporary), []);
});

t.test('handed over again after an escape counts again', async (t) => {
  const lines = handedOverOn(FUGITIVE, '2017-11-03', '2018-02-01');
  t.same(
    lines.map(({ date, year }) => [date, year]),
    [
      ['2017-11-03', 2017],
      ['2018-02-01', 2018],
    ],
  );
});

t.test('a date that leaves the year open is counted in no year', async (t) => {
  t.same(
    handedOverOn(FUGITIVE, '2017-12/2018-01').map(({ year }) => year),
    [undefined],
  );
  t.same(
    handedOverOn(FUGITIVE, '2017-11').map(({ year }) => year),
    [2017],
  );
});

t.test('near New Year a handover counts in the year of its minutes, and is listed', async (t) => {
  const handedOver = (occurredAt: string, handoverDate: string) =>
    handoversOf(
      FUGITIVE,
      given([...transferred, { type: 'handed-over-at-border-pass', occurredAt, data: { handoverDate } }]),
    ).map(({ year, otherYear }) => ({ year, otherYear }));
  t.same(handedOver('2017-12-31T23:30:00+07:00', '2017-12-31'), [{ year: 2017, otherYear: 2018 }]);
  t.same(handedOver('2018-01-01T00:30:00+08:00', '2018-01-01'), [{ year: 2018, otherYear: 2017 }]);
  t.same(handedOver('2017-12-31T20:00:00+07:00', '2017-12-31'), [{ year: 2017, otherYear: undefined }]);
});

t.test('victims are counted by their own kind and, where they belong to one affair, by one incident', async (t) => {
  const [opening, ...steps] = ordinaryWays['trafficking-victim'];
  const affair = { ...opening, particulars: { ...opening.particulars, incident: 'affair-1' } };
  const [line] = handoversOf('v', given([affair, ...steps]));
  t.match(line, { kind: 'trafficking-victim', incident: 'affair-1', direction: 'CN-VN' });
});

t.test('merged cases that were closed by one handover count once', async (t) => {
  const first = handedOverOn(FUGITIVE, '2017-11-03');
  const second = handedOverOn(DUPLICATE, '2017-11-03');
  t.same(distinctLines([first, second]), first, 'the line of the case that is named first stays');
  t.same(distinctLines([second, first]), second);
});

t.test('two different handovers of merged cases count twice', async (t) => {
  t.same(datesOf(distinctLines([handedOverOn(FUGITIVE, '2017-11-03'), handedOverOn(DUPLICATE, '2018-02-01')])), [
    '2017-11-03',
    '2018-02-01',
  ]);
});

t.test('of one handover that one case dates roughly and the other exactly, the exact line counts', async (t) => {
  const rough = handedOverOn(FUGITIVE, '2017-12/2018-01');
  const exact = handedOverOn(DUPLICATE, '2017-12-28');
  t.same(distinctLines([rough, exact]), exact, 'so that it is counted in its year');
  t.same(distinctLines([exact, rough]), exact);
});

t.test('a rough date takes the place of one handover only, and not of one that another date names', async (t) => {
  const twice = handedOverOn(DUPLICATE, '2017-11-03', '2017-11-25');
  t.same(datesOf(distinctLines([handedOverOn(FUGITIVE, '2017-11'), twice])).sort(), ['2017-11-03', '2017-11-25']);
  t.same(
    datesOf(distinctLines([handedOverOn(FUGITIVE, '2017-11-25'), handedOverOn(DUPLICATE, '2017-11', '2017-11-25')])),
    ['2017-11-25', '2017-11'],
  );
});

const day = fc.integer({ min: 1, max: 28 }).map((number) => `2017-11-${String(number).padStart(2, '0')}`);
const date = fc.oneof(
  day,
  fc.constantFrom('2017-10', '2017-11', '2017-12'),
  day.map((first) => `${first}/2017-12`),
);
const line = (caseId: string) =>
  fc.record({ date, direction: fc.constantFrom('VN-CN', 'CN-VN'), eventId: fc.uuid() }).map(
    (varied): CountedLine => ({
      ...(varied as Pick<CountedLine, 'date' | 'direction' | 'eventId'>),
      caseId,
      measure: 'handed-over',
      year: 2017,
      kind: 'fugitive',
      pass: undefined,
      minutes: undefined,
      province: undefined,
      incident: caseId,
      offences: [],
      otherYear: undefined,
      said: [],
    }),
  );
const lines = (caseId: string) => fc.array(line(caseId), { maxLength: 4 });

t.test('for any lines of merged cases', async (t) => {
  fc.assert(
    fc.property(lines('a'), lines('b'), lines('c'), (a, b, c) => {
      const all = [a, b, c];
      const distinct = distinctLines(all);
      const most = Math.max(...all.map(({ length }) => length));
      const sum = all.reduce((total, { length }) => total + length, 0);
      return (
        distinct.length >= most &&
        distinct.length <= sum &&
        distinct.every((each) => all.flat().includes(each)) &&
        new Set(distinct).size === distinct.length
      );
    }),
  );
  t.pass('no case loses a handover of its own, and nothing is counted that no case has');

  fc.assert(
    fc.property(lines('a'), (a) => {
      const [same] = [distinctLines([a, a.map((each) => ({ ...each, caseId: 'b' }))])];
      return JSON.stringify(same) === JSON.stringify(a) && distinctLines([a]).length === a.length;
    }),
  );
  t.pass('a case merged with its double counts as it did');

  fc.assert(
    fc.property(lines('a'), lines('b'), (a, b) => {
      const directions = (some: readonly CountedLine[], direction: string) =>
        some.filter((each) => each.direction === direction);
      const together = distinctLines([a, b]);
      return ['VN-CN', 'CN-VN'].every(
        (direction) =>
          directions(together, direction).length ===
          distinctLines([directions(a, direction), directions(b, direction)]).length,
      );
    }),
  );
  t.pass('the two directions are counted apart');
});

t.test(
  'a capture and a rescue are lines of their own, with the place and the office whose word they are',
  async (t) => {
    const wordOf = (type: string, kind: 'fugitive' | 'trafficking-victim') => {
      const way = wayTo(kind, type).map((step) =>
        step.type === type ? { ...step, occurredAt: '2024-02', data: { ...step.data, province: 'VN-09' } } : step,
      );
      return linesOf(FUGITIVE, countedOf(given(way)) as CountedCase);
    };
    t.match(wordOf('captured', 'fugitive'), [
      {
        measure: 'captured',
        date: '2024-02',
        year: 2024,
        province: 'VN-09',
        kind: 'fugitive',
        said: [{ deliveringOffice: 'VN-MPS' }],
      },
    ]);
    t.match(wordOf('rescued', 'trafficking-victim'), [{ measure: 'rescued', province: 'VN-09', direction: 'CN-VN' }]);
  },
);

t.test('nothing counts of a case that was annulled', async (t) => {
  const history = given([
    ...enteredByChina(ordinaryWays.fugitive),
    { type: 'annulled', data: { eventId: eventId(0), reason: 'a slip' } },
  ]);
  t.same(linesOf(FUGITIVE, countedOf(history) as CountedCase), []);
});

t.test('the handovers that count are those of the case itself', async (t) => {
  for (const way of Object.values(ordinaryWays)) {
    const history = given(way);
    t.match(countedOf(history)?.handovers, stateOf(history).handovers, stateOf(history).kind);
  }
});
