import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { readModelFile } from '../../../projections/database.ts';
import { CASES_READ_MODEL, HISTORY_READ_MODEL, READ_MODELS } from '../../../projections/read-models.ts';
import { createReplays } from '../../../src/replaying/replays.ts';
import { startApp } from '../../support/app.ts';
import { handOver, redate } from '../../support/handed-over.ts';

t.test('views are held against the log', async (t) => {
  const started = await startApp(t);
  const { get, post, as, viewsDirectory } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const auditor = await as('auditor');
  const admin = await as('admin');
  const first = await handOver(started, officer, { date: '2024-03-10' });
  const moved = await handOver(started, officer, { date: '2024-03-15' });
  const before = moved.positions.at(-1) as string;
  const end = await redate(started, officer, moved, '2024-05-15');
  await get('/v1/handovers/yearly', { ...auditor, 'min-event-position': end });
  const [event] = (await get(moved.links.events, officer)).json().events.slice(-1);

  /** Behind the back of the service. */
  const write = (model: typeof CASES_READ_MODEL, sql: string): void => {
    const database = new DatabaseSync(readModelFile(viewsDirectory, model), { timeout: 5_000 });
    database.exec(sql);
    database.close();
  };

  const follow = async (location: string, account: object = auditor) => {
    for (;;) {
      const answer = await get(location, account as never);
      t.equal(answer.statusCode, 200, answer.body);
      if (answer.json().status !== 'running') return answer.json();
      await wait(20);
    }
  };
  const replay = async (body: object, account: object = auditor) => {
    const answer = await post('/v1/replays', body, account as never);
    t.equal(answer.statusCode, 202, answer.body);
    return follow(String(answer.headers.location), account);
  };

  t.test('and are equal to it, one replay after the other', async (t) => {
    const key = { ...auditor, 'idempotency-key': randomUUID() };
    const begun = await post('/v1/replays', {}, key);
    t.equal(begun.statusCode, 202, begun.body);
    t.match(begun.json(), { status: 'running', views: ['cases', 'history', 'access'] });
    t.equal(begun.headers.location, begun.json().links.self);
    const again = await post('/v1/replays', {}, key);
    t.equal(again.json().id, begun.json().id, 'sent again it is the same replay');
    const other = await post('/v1/replays', { view: 'cases' }, key);
    t.match([other.statusCode, other.json()], [422, { type: /idempotency-key-reused/ }]);
    const second = await post('/v1/replays', {}, admin);
    t.equal(second.statusCode, 503);
    t.match(second.json(), { type: /overloaded/, detail: new RegExp(begun.json().id) });
    t.match(second.headers['retry-after'], /^\d+$/);

    const { status, replayed } = await follow(String(begun.headers.location));
    t.equal(status, 'equal');
    t.match(replayed, [
      { view: 'cases', comparison: 'same-position', position: end, livePosition: end, differences: 0, first: [] },
      { view: 'history', comparison: 'same-position', position: end, livePosition: end, differences: 0, first: [] },
      { view: 'access', comparison: 'same-position', position: end, livePosition: end, differences: 0, first: [] },
    ]);
    const rows = Object.fromEntries(
      replayed.flatMap(({ tables }: { tables: readonly { table: string; rows: number }[] }) =>
        tables.map(({ table, rows }) => [table, rows]),
      ),
    );
    t.match(rows, { case_status: 2, case_person: 2, event: (await started.caseEvents()).length });
    t.notOk(existsSync(join(viewsDirectory, 'replaying')), 'nothing is left of it');
  });

  t.test('one view alone, with what the codes are called', async (t) => {
    const { replayed, labels } = await replay({ view: 'history' }, { ...admin, 'accept-language': 'vi' });
    t.same(labels, { status: 'Khớp' });
    t.same(
      replayed.map(({ view }: { view: string }) => view),
      ['history'],
    );
  });

  t.test('as it was then, with what has changed since and by which events', async (t) => {
    const { status, replayed } = await replay({ to: before, view: 'cases' });
    t.equal(status, 'differences');
    t.match(replayed, [{ comparison: 'since', position: before, livePosition: end }]);
    const [changed] = replayed[0].first.filter(({ table }: { table: string }) => table === 'case_status');
    t.match(changed, {
      difference: 'differs',
      record: { category: 'case', id: moved.id },
      events: [{ eventId: event.id, type: 'corrected', position: end }],
    });
    t.ok(
      changed.columns.some(
        ({ column, pointer, live, replayed: then }: Record<string, string>) =>
          column === 'document' &&
          pointer === '/handovers/0/handoverDate' &&
          live === '2024-05-15' &&
          then === '2024-03-15',
      ),
      'field by field',
    );
    t.match((await replay({ to: new Date().toISOString() })).status, 'equal', 'all of it was known by now');
    const empty = await replay({ to: '2020-01-01', view: 'history' });
    t.match(empty.replayed, [{ comparison: 'since', position: '', events: 0 }]);
    const [come] = empty.replayed[0].first;
    t.equal(come.difference, 'only-live');
  });

  t.test('a row that was changed behind the back of the service is found, with the event that wrote it', async (t) => {
    write(HISTORY_READ_MODEL, `UPDATE contribution SET year = 2023, pass = NULL WHERE date = '2024-05-15'`);
    write(HISTORY_READ_MODEL, `DELETE FROM counted_case WHERE case_number = 1`);
    write(CASES_READ_MODEL, `UPDATE case_person SET person = replace(person, 'N. V. A.', 'N. V. B.') WHERE number = 1`);
    write(CASES_READ_MODEL, `INSERT INTO case_of_office VALUES ('VN-MPS', 0, 1, 0)`);
    const { status, replayed } = await replay({});
    t.equal(status, 'differences');
    const [cases, history] = replayed;
    t.match(history, { comparison: 'same-position', differences: 2 });
    const changed = history.first.find(({ table }: { table: string }) => table === 'contribution');
    t.match(changed, {
      difference: 'differs',
      columns: [
        { column: 'year', live: 2023, replayed: 2024 },
        { column: 'pass', live: null, replayed: 'youyi-guan' },
      ],
      record: { category: 'case', id: moved.id },
      events: [{ eventId: event.id, type: 'corrected', position: end, recordedAt: event.recordedAt }],
    });
    const gone = history.first.find(({ table }: { table: string }) => table === 'counted_case');
    t.match(gone, { difference: 'only-replayed', key: { case_number: 1 }, record: { id: first.id } });
    const come = cases.first.find(({ table }: { table: string }) => table === 'case_of_office');
    t.match(come, { difference: 'only-live', key: { office: 'VN-MPS' }, record: { id: first.id } });
    const person = cases.first.find(({ table }: { table: string }) => table === 'case_person');
    t.match(person, { difference: 'differs', key: { number: 1 }, record: { id: first.id } });
    t.same(person.columns, [{ column: 'person' }]);
    t.notMatch(JSON.stringify(replayed), /N\. V\./, 'who the person is, is not told');

    const forAdmin = await replay({}, admin);
    t.equal(forAdmin.status, 'differences');
    for (const { first: differences } of forAdmin.replayed) {
      for (const each of differences) {
        t.notOk('key' in each);
        t.ok(each.columns.every((column: object) => !('live' in column) && !('replayed' in column)));
      }
    }
    const labelled = await replay({ view: 'history' }, { ...auditor, 'accept-language': 'en' });
    t.match(labelled.replayed[0].first[0].labels, { difference: /log/, events: ['Corrected'] });
  });

  t.test('a position that the views have not reached yet is said to be so', async (t) => {
    const { status, failure } = await replay({ to: '9999999999999999', view: 'cases' });
    t.equal(status, 'failed');
    t.match(failure, `cases has come to ${end}, and not to 9999999999999999 yet`);
  });

  t.test('by auditors and those who run the ledger, who ask for what there is', async (t) => {
    for (const role of ['recorder', 'liaison', 'protection', 'statistician'] as const) {
      t.equal((await post('/v1/replays', {}, await as(role))).statusCode, 403, role);
    }
    for (const [body, pointer, detail] of [
      [{ view: 'persons' }, '/view', /cases, history, access, all/],
      [{ to: 'soon' }, '/to', /an Event-Position/],
      [{ to: '2199-01-01' }, '/to', /in the future/],
      [{ zone: 'UTC' }, '/zone', /Asia/],
      [{ from: '2020-01-01' }, '/from', /./],
    ] as const) {
      const answer = await post('/v1/replays', body, auditor);
      t.equal(answer.statusCode, 400, JSON.stringify(body));
      t.match(answer.json().errors, [{ pointer, detail }]);
    }
    const withoutKey = await started.app.inject({ method: 'POST', url: '/v1/replays', headers: auditor, payload: {} });
    t.match([withoutKey.statusCode, withoutKey.json().errors], [400, [{ in: 'header', name: 'Idempotency-Key' }]]);
    t.equal((await get(`/v1/replays/${randomUUID()}`, auditor)).statusCode, 404);
  });

  t.test('until the node stops, and then nothing is left', async (t) => {
    const { location: log, keyEncryptionKeyFile } = started.ledger;
    const replays = createReplays({ directory: viewsDirectory, log, keyEncryptionKeyFile }, () => new Date());
    const { id } = replays.start({ id: randomUUID(), asked: '', view: undefined, to: undefined });
    t.ok(existsSync(join(viewsDirectory, 'replaying')));
    await replays.close();
    t.match(replays.find(id), { status: 'failed', failure: 'the node was shut down' });
    t.notOk(existsSync(join(viewsDirectory, 'replaying')));
    for (const model of READ_MODELS) t.ok(existsSync(readModelFile(viewsDirectory, model)), 'the live views are');
  });
});
