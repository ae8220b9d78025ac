import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { compareBooks } from '../../../domain/reconciliation/matching.ts';
import { isInScope } from '../../../domain/reconciliation/scope.ts';
import { compare, FUGITIVES_OF_2025, ourBook, theirBook } from '../../support/books.ts';
import { eventId } from '../../support/case-scenario.ts';
import { plainlyPaired } from '../../support/plain-pairing.ts';

t.test('what both books have alike is matched, by a name in whichever order and with whichever marks', async (t) => {
  const compared = compare(
    [
      { date: '2025-03-02', number: '12/2025', pass: 'youyi-guan', names: ['NGUYEN VAN DAT'], birthDate: '1985-03-09' },
      { date: '2025-04-05', names: ['李某某'] },
    ],
    [
      { date: '2025-04-05', pass: 'dongxing', name: '李某某', born: '1980' },
      { date: '2025-03-02', numbers: ['12-2025'], pass: 'youyi-guan', name: 'Nguyễn Văn Đạt', born: '1985-03-09' },
    ],
  );
  t.match(compared, [
    { result: 'matched', theirs: 1, ours: { event: eventId(1) } },
    { result: 'matched', theirs: 2, ours: { event: eventId(0) } },
  ]);
  for (const each of compared) t.notOk(each.differsIn ?? each.explainedBy ?? each.candidates);
});

t.test('what one book has alone is told of that side', async (t) => {
  t.match(compare([{ date: '2025-03-02', names: ['Tran Van B'] }], [{ date: '2025-03-02', name: 'Lê Thị C' }]), [
    { result: 'theirs-only', theirs: 1 },
    { result: 'ours-only', ours: { event: eventId(0), date: '2025-03-02' } },
  ]);
});

t.test('fields that differ are named', async (t) => {
  const same = {
    date: '2025-03-02',
    number: '12/2025',
    pass: 'youyi-guan',
    names: ['Nguyễn Văn Đạt'],
    birthDate: '1985-03-09',
  } as const;
  const own = {
    date: '2025-03-02',
    numbers: ['12/2025'],
    pass: 'youyi-guan',
    name: 'Nguyễn Văn Đạt',
    born: '1985-03-09',
  } as const;
  for (const [theirs, ours, differsIn] of [
    [{ date: '2025-05-02' }, {}, ['date']],
    [{ pass: 'dongxing' }, {}, ['pass']],
    [{ number: '13/2025' }, {}, ['minutes']],
    [{ kind: 'suspect' }, {}, ['kind']],
    [{ direction: 'CN-VN' }, {}, ['direction']],
    [{}, { pass: undefined }, ['pass']],
    [{ names: ['Nguyễn Văn Đạc'] }, {}, ['name']],
    [{ birthDate: '1958-03-09' }, {}, ['birth-date']],
    [{ names: ['Trần Văn B'], birthDate: '1990' }, {}, ['person']],
    [{ pass: 'dongxing', date: '2025-03-05' }, {}, ['date', 'pass']],
  ] as const) {
    const [only, ...rest] = compare([{ ...same, ...theirs } as never], [{ ...own, ...ours }]);
    t.match(only, { result: 'conflicting', theirs: 1, ours: { event: eventId(0) }, differsIn });
    t.same(rest, []);
  }
});

t.test('what their list does not tell is no difference, nor a name in the other script', async (t) => {
  const own = {
    date: '2025-03-02',
    numbers: ['12/2025'],
    pass: 'youyi-guan',
    name: 'Nguyễn Văn Đạt',
    born: '1985-03-09',
  };
  for (const theirs of [
    { names: ['Nguyen Van Dat'] },
    { number: '12/2025' },
    { caseNumber: 'K-7', names: ['阮文达'] },
  ]) {
    t.match(compare([{ date: '2025-03', ...theirs }], [{ ...own, caseNumbers: ['k 7'] }]), [{ result: 'matched' }]);
  }
});

t.test('on New Year’s Eve the hour between the clocks explains that each book has its own year', async (t) => {
  const theirs = [{ date: '2025-12-31', names: ['Nguyễn Văn Đạt'] }];
  t.match(compare(theirs, [{ date: '2026-01-01', name: 'Nguyễn Văn Đạt' }]), [
    { result: 'conflicting', differsIn: ['date'], explainedBy: ['new-year', 'outside-period'] },
  ]);
  t.same(compare([], [{ date: '2026-01-01', name: 'Nguyễn Văn Đạt' }]), [], 'beside the period nothing is asked for');
  t.match(
    compare([{ date: '2025-01-01', names: ['李某'] }], [{ date: '2024-12-31', name: '李某' }], { theirSide: 'CN' }),
    [{ explainedBy: ['new-year', 'outside-period'] }],
    'China’s book has the later date',
  );
  const [other] = compare([{ date: '2025-01-01', names: ['李某'] }], [{ date: '2024-12-31', name: '李某' }]);
  t.same(
    other?.explainedBy,
    ['outside-period'],
    'where Viet Nam’s book has the later date, the clocks explain nothing',
  );
  const books = [{ date: '2025-01-01', names: ['李某'] }];
  const atNight = { date: '2024-12-31', name: '李某', occurredAt: '2024-12-31T23:30:00+07:00' };
  t.match(
    compare(books, [atNight]),
    [{ explainedBy: ['new-year', 'outside-period'] }],
    'unless it happened in that hour',
  );
  const byDay = { ...atNight, date: '2025-01-02', occurredAt: '2025-01-02T10:30:00+08:00' };
  t.equal(
    compare([{ ...books[0], date: '2025-01-01' } as never], [byDay])[0]?.explainedBy,
    undefined,
    'and not by day',
  );
  t.match(compare([{ date: '2025-06-01', names: ['李某'] }], [{ date: '2025-06-02', name: '李某' }]), [
    { differsIn: ['date'], explainedBy: ['midnight'] },
  ]);
});

t.test('a line that is listed twice is told, and the first one stands', async (t) => {
  const line = { date: '2025-03-02', names: ['Nguyễn Văn Đạt'], document: 'B 1234567' };
  t.match(compare([line, { ...line, document: 'b1234567' }], [{ date: '2025-03-02', name: 'Nguyễn Văn Đạt' }]), [
    { result: 'matched', theirs: 1 },
    { result: 'theirs-only', theirs: 2, sameAs: 1, explainedBy: ['listed-twice'] },
  ]);
});

t.test('who is handed over again after an escape is two lines, each with its own date', async (t) => {
  const names = ['Nguyễn Văn Đạt'];
  const ours = [
    { date: '2025-02-01', name: 'Nguyễn Văn Đạt', born: '1985' },
    { date: '2025-02-20', name: 'Nguyễn Văn Đạt', born: '1985' },
  ];
  t.match(
    compare(
      [
        { date: '2025-02-20', names },
        { date: '2025-02-01', names },
      ],
      ours,
    ),
    [
      { result: 'matched', theirs: 1, ours: { event: eventId(1) } },
      { result: 'matched', theirs: 2, ours: { event: eventId(0) } },
    ],
  );
});

t.test('persons of one batch with equal initials are not guessed', async (t) => {
  const [theirs, own] = [
    { date: '2025-02-01', names: ['N. V. A.'] },
    { date: '2025-02-01', name: 'N. V. A.' },
  ];
  t.match(
    compare([theirs, theirs, { ...theirs, birthDate: '1990-01-02' }], [own, own, { ...own, born: '1990-01-02' }]),
    [
      {
        result: 'ambiguous',
        theirs: 1,
        candidates: { ours: [eventId(0), eventId(1)] },
        together: { first: 1, theirs: 2, ours: 2 },
      },
      { result: 'ambiguous', theirs: 2, candidates: { ours: [eventId(0), eventId(1)] } },
      { result: 'matched', theirs: 3, ours: { event: eventId(2) } },
      { result: 'ambiguous', ours: { event: eventId(0) }, candidates: { theirs: [1, 2] } },
      { result: 'ambiguous', ours: { event: eventId(1) }, candidates: { theirs: [1, 2] } },
    ],
  );
});

t.test('without persons the handover alone brings lines together, as far as nothing else can be meant', async (t) => {
  t.match(
    compare(
      [
        { date: '2025-02-01', pass: 'youyi-guan' },
        { date: '2025-03-01', number: '7/2025' },
        { date: '2025-04-01' },
        { date: '2025-04-01' },
      ],
      [
        { date: '2025-02-01', pass: 'youyi-guan', name: 'A' },
        { date: '2025-03-01', numbers: ['7/2025'] },
        { date: '2025-04-01' },
        { date: '2025-04-01' },
      ],
    ).map(({ result }) => result),
    ['matched', 'matched', 'ambiguous', 'ambiguous', 'ambiguous', 'ambiguous'],
  );
});

t.test('the longest lists of which nothing tells one from another are one tangle', async (t) => {
  const date = '2025-02';
  const compared = compare(
    Array.from({ length: 5_000 }, () => ({ date })),
    Array.from({ length: 10_000 }, () => ({ date })),
  );
  t.equal(compared.length, 15_000);
  t.ok(
    compared.every(({ together }) => together?.first === 1 && together.theirs === 5_000 && together.ours === 10_000),
  );
});

const NAMES = ['N. V. A.', 'T. T. B.', 'Nguyễn Văn Đạt', 'Nguyen Van Dac', '李某', '李晓明'];
const DATES = ['2024-12-31', '2025-01-01', '2025-02-01', '2025-02-02', '2025-02', '2025-12-31', '2026-01-01'];
const date = fc.constantFrom(...DATES);
const some = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const direction = fc.constantFrom('VN-CN' as const, 'CN-VN' as const);
const kind = fc.constantFrom('fugitive' as const, 'suspect' as const);
const birthDate = some(fc.constantFrom('1985', '1985-03-09', '1990-01-02'));
const number = fc.constantFrom('1/2025', '2/2025');
const pass = some(fc.constantFrom('youyi-guan' as const, 'dongxing' as const));

const theirs = fc.array(
  fc.record({
    date,
    direction,
    kind,
    pass,
    birthDate,
    number: some(number),
    names: some(fc.constantFrom(...NAMES).map((name) => [name])),
    document: some(fc.constantFrom('B1', 'B2')),
  }),
  { maxLength: 12 },
);
const ours = fc.array(
  fc.record({
    date,
    direction,
    kind,
    pass,
    numbers: fc.array(number, { maxLength: 2 }),
    name: some(fc.constantFrom(...NAMES)),
    born: birthDate,
  }),
  { maxLength: 12 },
);
const books = fc.record({ theirs, ours }).map((given) => ({
  scope: FUGITIVES_OF_2025,
  theirSide: 'VN' as const,
  theirs: theirBook(given.theirs as never),
  ours: ourBook(given.ours as never),
}));

t.test('every line of theirs, and every handover of ours that is asked for, stands in one result', async () => {
  fc.assert(
    fc.property(books, (given) => {
      const compared = compareBooks(given);
      const lines = compared.flatMap((each) => (each.theirs === undefined ? [] : [each.theirs]));
      const events = compared.flatMap((each) => (each.ours === undefined ? [] : [each.ours.event]));
      const inScope = given.ours.filter((own) => isInScope(given.scope, own)).map(({ event }) => event);
      return (
        lines.join() === given.theirs.map(({ line }) => line).join() &&
        new Set(events).size === events.length &&
        inScope.every((event) => events.includes(event)) &&
        compared.every(
          ({ result, ...each }) =>
            (result === 'matched' || result === 'conflicting') === ('theirs' in each && 'ours' in each),
        )
      );
    }),
    { numRuns: 1_000 },
  );
});

/** Books of which much is alike and little is told, so that pairs, tangles and what is left over all come about. */
const alikeBooks = fc
  .record({
    theirSide: fc.constantFrom('CN' as const, 'VN' as const),
    theirs: fc.array(
      fc.record({
        date: fc.constantFrom('2025-02-01', '2025-02-02', '2025-02-27', '2025-02', '2025-01-15/2025-03', '2025-04-01'),
        direction: fc.option(direction, { nil: 'VN-CN' as const, freq: 1 }),
        pass,
        birthDate,
        number: some(fc.constantFrom('1/2025', '2/2025', '3/2025', '5/2025')),
        names: some(fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 2 })),
        document: some(fc.constantFrom('B1', 'B2', 'B3')),
        caseNumber: fc.option(fc.constantFrom('K-1', 'K-2'), { nil: undefined, freq: 1 }),
      }),
      { maxLength: 10 },
    ),
    ours: fc.array(
      fc.record({
        date: fc.constantFrom('2025-02-01', '2025-02-02', '2025-02-28', '2025-02', '2025-04-02'),
        occurredAt: some(fc.constantFrom('2025-02-01T23:30:00+07:00', '2025-02-28T10:00:00+08:00')),
        pass,
        numbers: fc.uniqueArray(fc.constantFrom('1/2025', '2/2025', '4/2025', '6/2025'), { maxLength: 2 }),
        name: some(fc.constantFrom(...NAMES)),
        born: birthDate,
        caseNumbers: fc.uniqueArray(fc.constantFrom('K1', 'K3'), { maxLength: 1 }),
      }),
      { maxLength: 10 },
    ),
  })
  .map((given) => ({
    theirSide: given.theirSide,
    scope: FUGITIVES_OF_2025,
    theirs: theirBook(given.theirs as never),
    ours: ourBook(given.ours as never),
  }));

t.test('the same goes together as where each line is held against each handover', async () => {
  fc.assert(
    fc.property(fc.oneof(books, alikeBooks), (given) => {
      const compared = compareBooks(given);
      const twice = new Set(compared.flatMap(({ theirs, sameAs }) => (sameAs === undefined ? [] : [theirs])));
      const plain = plainlyPaired({ ...given, theirs: given.theirs.filter(({ line }) => !twice.has(line)) });
      const found = compared.flatMap(({ theirs, ours, candidates, together }) =>
        theirs === undefined || (ours === undefined && candidates === undefined)
          ? []
          : [{ theirs, ours: candidates?.ours ?? [ours?.event], together }],
      );
      const expected = plain.flatMap((tangle) => {
        const lines = tangle.theirs.map(({ line }) => line.line).sort((a, b) => a - b);
        const events = tangle.ours.map(({ own }) => own.event).sort();
        const together = { first: lines[0], theirs: lines.length, ours: events.length };
        const isPair = lines.length === 1 && events.length === 1;
        return lines.map((theirs) => ({ theirs, ours: events, together: isPair ? undefined : together }));
      });
      return isDeepStrictEqual(
        found,
        expected.sort((a, b) => a.theirs - b.theirs),
      );
    }),
    { numRuns: 2_000 },
  );
});

t.test('in whichever order the lines come, the results are the same', async () => {
  const shuffled = books.chain((given) =>
    fc.record({
      given: fc.constant(given),
      theirs: fc.shuffledSubarray([...given.theirs], { minLength: given.theirs.length }),
      ours: fc.shuffledSubarray([...given.ours], { minLength: given.ours.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ given, theirs: lines, ours: handovers }) => {
      const again = compareBooks({ ...given, theirs: lines, ours: handovers });
      return JSON.stringify(again) === JSON.stringify(compareBooks(given));
    }),
    { numRuns: 1_000 },
  );
});

t.test('a pair that is matched differs in nothing, and a conflicting one in something', async () => {
  fc.assert(
    fc.property(books, (given) =>
      compareBooks(given).every(({ result, differsIn = [] }) => (result === 'conflicting') === differsIn.length > 0),
    ),
  );
});

t.test('a book held against itself is matched throughout, where its persons are told apart', async () => {
  const persons = fc.uniqueArray(
    fc.record({ date, day: fc.integer({ min: 1, max: 28 }), name: fc.constantFrom(...NAMES) }),
    { selector: ({ day }) => day, maxLength: 20 },
  );
  fc.assert(
    fc.property(persons, (given) => {
      const born = (day: number) => `1985-03-${String(day).padStart(2, '0')}`;
      const compared = compare(
        given.map(({ date: on, day, name }) => ({ date: on, names: [name], birthDate: born(day) })),
        given.map(({ date: on, day, name }) => ({ date: on, name, born: born(day) })),
      );
      return compared.length === given.length && compared.every(({ result }) => result === 'matched');
    }),
  );
});
