import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import t from 'tap';
import type { AccessPlace } from '../../projections/access/query.ts';
import { readModelFile } from '../../projections/database.ts';
import { ACCESS_READ_MODEL } from '../../projections/read-models.ts';
import { startAccessRecorder } from '../../src/access/recorder.ts';
import { readRecordOf, readsInLog } from '../support/access.ts';
import { openTestLedger } from '../support/ledger.ts';
import { openTestViews } from '../support/views.ts';

t.test('records of reading are read by themselves, without the events of many in which they stand', async (t) => {
  const ledger = await openTestLedger(t);
  const { directory, log } = ledger;
  const recorder = startAccessRecorder({ directory: join(directory, 'access'), log, clock: () => new Date() });
  const ids = Array.from({ length: 40 }, (_, number) => `record-${number}`);
  await Promise.all(
    ids.map((id, number) =>
      recorder.write({
        ...readRecordOf(id, `2020-03-01T08:00:00.${String(number % 7).padStart(3, '0')}Z`),
        reference: `2026/${number}`,
        requestId: `request-${number}`,
      }),
    ),
  );
  await recorder.close();
  const views = openTestViews(t, ledger);
  await views.upToDate();
  const events = new DatabaseSync(readModelFile(views.directory, ACCESS_READ_MODEL), { timeout: 5_000 });
  const { count } = events.prepare('SELECT count(*) AS count FROM access_event').get() as { count: number };
  t.ok(count < ids.length, `${count} events`);
  events.exec(`UPDATE access_event SET data = 'not read'`);
  events.close();
  views.database.renew();

  const found = [];
  for (let after: AccessPlace | undefined; ; ) {
    const page = views.reads.list({ subject: 'officer-1' }, { after, limit: 9 });
    found.push(...page.items.map(({ record }) => record));
    if (page.next === undefined) break;
    after = page.next;
  }
  const inLog = [...(await readsInLog(log)).values()].flat();
  t.equal(found.length, ids.length);
  t.same(new Set(found), new Set(inLog), 'each as it was put on record');
  t.same(
    found.map(({ at }) => at),
    inLog.map(({ at }) => at).sort((a, b) => (a < b ? 1 : -1)),
    'the latest first',
  );
});
