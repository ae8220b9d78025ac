import t, { type Test } from 'tap';
import { type Answer, startApp } from '../../../support/app.ts';
import { type SentCase, seenBy, sendMore } from '../../../support/cases-over-http.ts';
import { handOver, redate } from '../../../support/handed-over.ts';
import { listOf, standsAs } from '../../../support/reconciliations.ts';

const started = async (t: Test) => {
  const app = await startApp(t);
  const officer = await app.as('liaison', 'CN');
  const theirOfficer = await app.as('liaison', 'VN');
  const reconcile = async (lines: readonly object[], more: object = {}, by = officer) => {
    const opened = await app.post('/v1/reconciliations', listOf(lines.length, more), by);
    t.equal(opened.statusCode, 201, opened.body);
    const { self } = opened.json().links;
    const listed = await app.post(`${self}/lines?occurredAt=2026-01-05`, { lines }, by);
    t.equal(listed.statusCode, 201, listed.body);
    return { self, compared: await standsAs(app, self, by, 'compared') };
  };
  const linesOf = async (self: string, query = '', by = officer) => {
    const answer = await app.get(`${self}/lines${query}`, by);
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json().lines;
  };
  const say = (self: string, type: string, data: object, by = officer, more: object = {}): Promise<Answer> =>
    app.post(`${self}/events`, { type, occurredAt: '2026-01-06', data, ...more }, by);
  return { app, officer, theirOfficer, reconcile, linesOf, say };
};

const line = (name: string, date: string, more: object = {}) => ({ names: [name], date, pass: 'youyi-guan', ...more });

t.test('the other side’s list is compared, worked through and signed off as a figure that both can cite', async (t) => {
  const { app, officer, theirOfficer, reconcile, linesOf, say } = await started(t);
  const cases: SentCase[] = [];
  for (const [name, date, at] of [
    ['Nguyễn Văn Đạt', '2025-03-02'],
    ['Trần Thị Hoa', '2025-04-05'],
    ['Lê Văn Cường', '2026-01-01', '2026-01-01T00:20:00+08:00'],
    ['Phạm Văn Em', '2025-06-07'],
  ] as const) {
    cases.push(await handOver(app, officer, { name, date, ...(at && { at }) }));
  }
  await handOver(app, officer, { name: 'Vũ Văn Giang', date: '2025-05-05', requestedBy: 'VN' });
  const { self, compared } = await reconcile([
    line('NGUYEN VAN DAT', '2025-03-02'),
    line('Tran Thi Hoa', '2025-04-05', { pass: 'dongxing' }),
    line('Le Van Cuong', '2025-12-31'),
    line('Hoàng Văn Khoa', '2025-07-08'),
  ]);
  t.match(compared.json(), {
    comparison: { matched: 1, conflicting: 2, theirsOnly: 1, oursOnly: 1, ambiguous: 0, open: 4 },
    figures: [{ direction: 'VN-CN', kind: 'fugitive', theirs: 4, ours: 3 }],
  });
  const lines = await linesOf(self);
  t.match(lines, [
    { result: 'matched', theirs: { line: 1 }, ours: { case: cases[0]?.id }, open: false },
    { result: 'conflicting', theirs: { line: 2 }, ours: { case: cases[1]?.id }, differsIn: ['pass'], open: true },
    { result: 'conflicting', theirs: { line: 3 }, differsIn: ['date'], explainedBy: ['new-year', 'outside-period'] },
    { result: 'theirs-only', theirs: { line: 4 } },
    {
      result: 'ours-only',
      ours: { case: cases[3]?.id, date: '2025-06-07' },
      links: { case: `/v1/cases/${cases[3]?.id}` },
    },
  ]);
  t.equal(lines.length, 5, 'a handover in the other direction is not asked for');
  t.match((await linesOf(self, '?open=true&result=conflicting&limit=1')).length, 1);
  t.match((await linesOf(self, '', { ...officer, 'accept-language': 'vi' } as never))[2].labels, {
    differsIn: ['Ngày bàn giao'],
    explainedBy: [/năm mới/, /Ngoài kỳ/],
  });
  t.match(
    (await app.get('/v1/reconciliations?number=1/2025&open=true&kind=fugitive', officer)).json().reconciliations,
    [{ number: '1/2025' }],
  );

  t.equal(
    (await say(self, 'signed-off', { figures: [{ direction: 'VN-CN', kind: 'fugitive', persons: 3 }] })).statusCode,
    422,
  );
  const settled = await say(self, 'lines-settled', {
    settled: [
      { theirs: 2, decision: 'explained' },
      { theirs: 3, decision: 'ours-stands' },
      { theirs: 4, decision: 'not-counted' },
      { ours: lines[4].ours.event, decision: 'ours-stands', case: cases[3]?.id },
    ],
    reason: 'The minutes of both sides were laid side by side',
  });
  t.match(settled.json(), { comparison: { open: 0 }, figures: [{ theirs: 4, ours: 3, agreed: 3 }] });
  const signed = await say(self, 'signed-off', { figures: [{ direction: 'VN-CN', kind: 'fugitive', persons: 3 }] });
  t.equal(signed.json().status, 'signed-off', signed.body);
  t.equal((await say(self, 'acknowledged', {})).statusCode, 422, 'not by the side that signed');
  const acknowledged = await say(self, 'acknowledged', {}, theirOfficer);
  t.match(acknowledged.json(), {
    status: 'acknowledged',
    signedOff: {
      number: '1/2025',
      figures: [{ persons: 3 }],
      period: { from: '2025-01-01', to: '2025-12-31' },
      asOf: compared.json().comparison.asOf,
      offices: { ours: 'CN-MPS', theirs: 'VN-MPS' },
      acknowledged: true,
    },
  });
  const seen = seenBy(acknowledged);
  t.same((await app.get(self, { ...theirOfficer, ...seen })).json().signedOff, acknowledged.json().signedOff);
  t.match((await linesOf(self, '', { ...officer, ...seen } as never))[1].settlement, { decision: 'explained' });
  const events = (await app.get(`${self}/events`, { ...officer, ...seen })).json().events;
  t.match(events[2], { type: 'compared', recordedBy: { role: 'ledger', subject: 'reconciliation' } });
  t.equal(events[3].data.reason, undefined, 'a reason is sealed');
});

t.test('compared anew after a case was corrected, the line goes with it and what was settled stays', async (t) => {
  const { app, officer, reconcile, linesOf, say } = await started(t);
  const first = await handOver(app, officer, { name: 'Nguyễn Văn Đạt', date: '2025-03-02' });
  const { self, compared } = await reconcile([
    line('Nguyen Van Dat', '2025-03-12'),
    line('Hoàng Văn Khoa', '2025-07-08'),
  ]);
  t.match(await linesOf(self), [{ result: 'conflicting', differsIn: ['date'] }, { result: 'theirs-only' }]);
  const reason = 'The minutes say the 12th';
  await say(self, 'lines-settled', {
    settled: [
      { theirs: 1, decision: 'theirs-stands', case: first.id },
      { theirs: 2, decision: 'not-counted' },
    ],
    reason,
  });
  const corrected = await redate(app, officer, first, '2025-03-12');
  const asked = await say(self, 'comparison-requested', { reason });
  t.equal(asked.json().status, 'received', asked.body);
  const again = await standsAs(app, self, { ...officer, ...seenBy(asked) }, 'compared');
  t.ok(again.json().comparison.asOf >= corrected);
  t.ok(again.json().comparison.asOf > compared.json().comparison.asOf);
  t.match(again.json(), { comparison: { matched: 1, open: 0 }, figures: [{ theirs: 2, ours: 1, agreed: 1 }] });
  t.match(await linesOf(self), [
    { result: 'matched', settlement: undefined },
    { result: 'theirs-only', settlement: { decision: 'not-counted' } },
  ]);
});

t.test('an office compares with the cases that it sees, so that a list tells nothing of others', async (t) => {
  const { app, reconcile, linesOf } = await started(t);
  const guangxi = await app.as('liaison', 'CN', 'CN-GX-BLO');
  const yunnan = await app.as('liaison', 'CN', 'CN-YN-BLO');
  await handOver(app, yunnan, { name: 'Nguyễn Văn Đạt', date: '2025-03-02' });
  const lines = [line('Nguyễn Văn Đạt', '2025-03-02')];
  const ofGuangxi = await reconcile(lines, {}, guangxi);
  t.match(await linesOf(ofGuangxi.self, '', guangxi), [{ result: 'theirs-only' }]);
  const ofYunnan = await reconcile(lines, {}, yunnan);
  t.match(await linesOf(ofYunnan.self, '', yunnan), [{ result: 'matched' }]);
});

t.test('victims are compared by those who protect them, and by nobody else', async (t) => {
  const { app, officer, reconcile, linesOf } = await started(t);
  const protection = await app.as('protection', 'CN');
  const victims = { kinds: ['trafficking-victim'], directions: ['CN-VN'] };
  await handOver(app, officer, { kind: 'trafficking-victim', name: 'Lý Thị Mai', date: '2025-03-02' });
  const lines = [line('Lý Thị Mai', '2025-03-02')];
  t.match((await app.post('/v1/reconciliations', listOf(1, victims), officer)).json(), {
    status: 422,
    errors: [{ pointer: '/kinds', detail: /`protection`/ }],
  });
  const { self } = await reconcile(lines, victims, protection);
  t.match(await linesOf(self, '?include=sealed', protection), [
    { result: 'matched', theirs: { names: ['Lý Thị Mai'] } },
  ]);
  t.equal((await app.get(`${self}/lines`, officer)).statusCode, 403);
  t.equal((await app.get(`${self}/lines`, await app.as('auditor'))).statusCode, 200);
  t.equal((await app.get(`${self}/lines?include=sealed`, await app.as('auditor'))).statusCode, 403);
  t.equal((await app.get(`${self}?include=sealed`, officer)).statusCode, 403);
});

t.test('of whoever turned out to be another the person is not compared by those who may not know them', async (t) => {
  const { app, officer, reconcile, linesOf } = await started(t);
  const suspect = await handOver(app, officer, {
    kind: 'irregular-entry',
    name: 'Lý Thị Mai',
    date: '2025-03-02',
    pass: 'dongxing',
  });
  const data = { as: { kind: 'trafficking-victim' }, reason: 'Told the interpreter' };
  await sendMore(
    app,
    suspect,
    { type: 'continued-as-another-case', occurredAt: '2025-03-03', data },
    officer,
    String(suspect.last.headers.etag),
  );
  const irregular = { kinds: ['irregular-entry'], directions: ['CN-VN', 'VN-CN'] };
  const { direction } = (await app.get(suspect.links.self, { ...officer, ...suspect.seen })).json();
  const named = (names: readonly string[], date: string) => ({ names, date, direction, pass: 'dongxing' });
  const { self } = await reconcile([named(['Lý Thị Mai'], '2025-03-20')], irregular);
  t.match(
    (await linesOf(self)).map(({ result }: { result: string }) => result),
    ['theirs-only', 'ours-only'],
    'the name alone does not bring them together',
  );
});
