import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import { type Answer, startApp, type TestApp } from '../../../support/app.ts';
import { listOf } from '../../../support/reconciliations.ts';

const CSV = 'text/csv';
const NDJSON = 'application/x-ndjson';

const opened = async (t: Test, listed: number, more: object = {}, known?: TestApp) => {
  const app = known ?? (await startApp(t));
  const officer = await app.as('liaison', 'CN', 'CN-GX-BLO');
  const answer = await app.post('/v1/reconciliations', listOf(listed, more), officer);
  t.equal(answer.statusCode, 201, answer.body);
  const { self } = answer.json().links;
  const send = (type: string, body: unknown, headers: object = {}): Promise<Answer> =>
    app.post(`${self}/lines?occurredAt=2026-01-05`, body, { ...officer, 'content-type': type, ...headers });
  const sealed = async () => {
    const seen = { 'min-event-position': String((await app.ledger.log.head()) ?? '') };
    const answer = await app.get(`${self}/lines?include=sealed`, { ...officer, ...seen });
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json().lines.map(({ theirs }: { theirs: object }) => theirs);
  };
  return { app, officer, self, send, sealed };
};

const LINES = [
  {
    number: '12/2025',
    date: '2025-03-02',
    pass: 'youyi-guan',
    names: ['Nguyễn Văn Đạt', '阮文达'],
    birthDate: '1985-03-09',
    document: 'B 1234567',
  },
  { date: '2025-12-31', pass: 'dongxing', names: ['T. T. B.'], caseNumber: 'VA-7/2025' },
] as const;

const expected = LINES.map((line, index) => ({ line: index + 1, direction: 'VN-CN', kind: 'fugitive', ...line }));

t.test('a list comes in as JSON, as lines of JSON or as a table, all alike', async (t) => {
  const app = await startApp(t);
  const table = [
    'Number,DATE,pass,names,birthDate,document,caseNumber',
    '12/2025,2025-03-02,youyi-guan,Nguyễn Văn Đạt; 阮文达,1985-03-09,B 1234567,',
    ',2025-12-31,dongxing,T. T. B.,,,VA-7/2025',
  ];
  const asSpreadsheetsWriteIt = [
    '\ufeffSố biên bản;Ngày bàn giao;Cửa khẩu;Họ tên;Ngày sinh;Số giấy tờ tùy thân;Số hồ sơ;Chiều bàn giao;Loại hồ sơ',
    '12/2025;2/3/2025;Hữu Nghị;"Nguyễn Văn Đạt; 阮文达";9/3/1985;B 1234567;;Việt Nam bàn giao cho Trung Quốc;',
    '',
    ';2025年12月31日;东兴;"T. T. B.";;;VA-7/2025;VN-CN;fugitive',
  ];
  for (const [type, body] of [
    ['application/json', { lines: LINES }],
    [NDJSON, `${LINES.map((line) => JSON.stringify(line)).join('\n')}\n`],
    [CSV, table.join('\r\n')],
    [`${CSV}; charset=utf-8`, `${asSpreadsheetsWriteIt.join('\n')}\n`],
    [CSV, table.join('\n').replaceAll(',', '\t')],
  ] as const) {
    const { send, sealed } = await opened(t, 3, {}, app);
    const answer = await send(type, body);
    t.equal(answer.statusCode, 201, answer.body);
    t.match(answer.json(), { status: 'received', list: { received: 2, complete: false } });
    t.notMatch(answer.body, /Nguyễn|B 1234567/);
    t.same(await sealed(), expected, type);
  }
});

t.test('a list comes in by parts, and the same part again is the same', async (t) => {
  const { app, officer, self, send } = await opened(t, 3);
  const key = { 'idempotency-key': randomUUID() };
  const first = await send('application/json', { lines: LINES }, key);
  t.equal((await send('application/json', { lines: LINES }, key)).body, first.body);
  t.equal(
    (await send('application/json', { lines: [LINES[0]] }, key)).json().type,
    'urn:handover-ledger:problem:idempotency-key-reused',
  );
  const tooMany = await send(CSV, 'date\n2025-04-01\n2025-04-02\n');
  t.match(tooMany.json(), {
    status: 422,
    detail: /nothing was written.*3 lines, of which 2 are here: 2 more are too many/,
  });
  const last = await send(CSV, 'date\n2025-04-01\n');
  t.match(last.json().list, { received: 3, complete: true });
  const { events } = (
    await app.get(`${self}/events`, { ...officer, 'min-event-position': String(last.headers['event-position']) })
  ).json();
  t.same(
    events.slice(0, 3).map(({ type }: { type: string }) => type),
    ['list-received', 'lines-listed', 'lines-listed'],
  );
});

t.test('a list that is too long for one event comes in whole, however often it is sent', async (t) => {
  const { send } = await opened(t, 2_345);
  const table = ['date,names', ...Array.from({ length: 2_345 }, (_, index) => `2025-04-01,N. ${index}`)].join('\n');
  const key = { 'idempotency-key': randomUUID() };
  for (const _ of [1, 2]) {
    t.match((await send(CSV, table, key)).json().list, { received: 2_345, complete: true });
  }
});

t.test('every fault of a table is told with its line and its column, and nothing is written', async (t) => {
  const { app, send } = await opened(t, 9, { kinds: ['fugitive', 'suspect'] });
  const head = await app.ledger.log.head();
  const table = [
    'date,Cửa khẩu,kind,names,birthDate',
    '2025-02-30,youyi-guan,fugitive,A. B.,',
    '2025-03-01,Nowhere,thief,"A. ""B."" C.",1885',
    ',youyi-guan,suspect,,',
    '2025-03-01,youyi-guan,suspect,A. B.,1985,more',
  ].join('\n');
  const structural = (await send(CSV, table)).json();
  t.match(structural, { status: 400, errors: [{ line: 5, detail: /at most 5 cells/ }] });
  const { status, detail, errors } = (await send(CSV, table.replace(',more', ''))).json();
  t.equal(status, 400);
  t.match(detail, /^nothing was written: line 2, date: expected the date in the minutes/);
  t.match(errors, [
    { line: 2, column: 'date' },
    { line: 3, column: 'Cửa khẩu', detail: /the code of a border pass: dongxing/ },
    { line: 3, column: 'kind', detail: /fugitive, suspect/ },
    { line: 3, column: 'birthDate', detail: /from 1900/ },
    { line: 4, column: 'date', detail: /is required/ },
  ]);
  t.notMatch(JSON.stringify(errors), /thief|Nowhere|A\. B\./, 'what stands in the cells is not repeated');
  for (const [type, body, fault] of [
    [CSV, 'date,colour\n2025-03-01,red', { line: 1, column: 'colour', detail: /one of the headings: number, date/ }],
    [CSV, 'date,Ngày bàn giao\n2025-03-01,2025-03-01', { line: 1, detail: /each heading once/ }],
    [CSV, 'date,names\n2025-03-01,"A. B.', { detail: /RFC 4180/ }],
    [CSV, 'date\n', { detail: /at least one line/ }],
    [NDJSON, '{"date":"2025-03-01","kind":"suspect"}\nno JSON\n', { line: 2, detail: /JSON object/ }],
    [NDJSON, '{"date":"2025-03-01","names":["\\ud800"]}', { line: 1, detail: /whole characters/ }],
    [NDJSON, '\n{"day":"2025-03-01"}\n', { line: 2, column: 'date', detail: /is required/ }],
    ['application/json', { lines: [{ date: '2025' }] }, { pointer: '/lines/0/date' }],
    ['application/json', {}, { pointer: '/lines' }],
  ] as const) {
    const answer = await send(type, body);
    t.equal(answer.statusCode, 400, answer.body);
    t.match(answer.json().errors[0], fault);
  }
  const refused = await send(CSV, 'date,names\n2025-03-01,A.\n2025-03-01,B.\n');
  t.match(refused.json(), {
    status: 422,
    detail: /^nothing was written: line 2, kind: is required, as the list is of fugitive and suspect/,
    errors: [
      { line: 2, column: 'kind', code: 'invalid' },
      { line: 3, column: 'kind', code: 'invalid' },
    ],
  });
  t.match((await send('application/json', { lines: [{ date: '2025-03-01' }] })).json().errors, [
    { pointer: '/lines/0/kind' },
  ]);
  const gbk = Buffer.from('date,names\n2025-03-01,\xc0\xee\xc4\xb3\n', 'latin1');
  t.match((await send(CSV, gbk)).json(), { status: 400, detail: /UTF-8/ });
  t.match((await send('application/vnd.ms-excel', 'x')).json(), {
    status: 415,
    errors: [{ name: 'Content-Type', detail: 'expected application/json or text/csv or application/x-ndjson' }],
  });
  t.equal(await app.ledger.log.head(), head);
});

t.test('what identifies a person is nowhere in the log, and lines are for the two sides', async (t) => {
  const { app, self, send } = await opened(t, 3);
  t.equal((await send('application/json', { lines: LINES })).statusCode, 201);
  for await (const chunk of app.ledger.log.readAll()) {
    for (const { data, metadata } of chunk) t.notMatch(data + metadata, /Nguyễn|阮文达|1985|1234567|VA-7|Note 7/);
  }
  const seen = { 'min-event-position': String(await app.ledger.log.head()) };
  const read = async (role: Parameters<typeof app.as>[0], side?: 'CN' | 'VN', office?: string, query = '') =>
    (await app.get(`${self}/lines${query}`, { ...(await app.as(role, side, office)), ...seen })).statusCode;
  t.equal(await read('recorder', 'VN'), 200, 'the office whose book it is');
  t.equal(await read('recorder', 'CN'), 200, 'the ministry');
  t.equal(await read('auditor'), 200);
  t.equal(await read('recorder', 'CN', 'CN-YN-BLO'), 404);
  t.equal(await read('auditor', 'CN', 'CN-MPS', '?include=sealed'), 403);
  t.equal(await read('protection', 'CN', 'CN-GX-BLO', '?include=sealed'), 403);
  t.equal(await read('liaison', 'VN', 'VN-MPS', '?include=sealed'), 200);
  t.notMatch(app.logged(), /Nguyễn|1234567/);
});
