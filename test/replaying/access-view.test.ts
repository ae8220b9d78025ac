import { DatabaseSync } from 'node:sqlite';
import t from 'tap';
import { readModelFile } from '../../projections/database.ts';
import { ACCESS_READ_MODEL } from '../../projections/read-models.ts';
import type { AsOf } from '../../projections/times.ts';
import { replay } from '../../src/replaying/replay.ts';
import { readsInLog, recordReads, removeReads } from '../support/access.ts';
import { openTestLedger } from '../support/ledger.ts';
import { openTestViews } from '../support/views.ts';

t.test('the view of who has read what is replayed', async (t) => {
  const ledger = await openTestLedger(t);
  await recordReads(ledger, ['2020-03-01', '2020-03-01', '2020-03-02', '2020-03-03']);
  const views = openTestViews(t, ledger);
  await views.upToDate();
  const replayed = async (to?: AsOf) => {
    const [answer] = await replay(
      { directory: views.directory, log: ledger.location, keyEncryptionKeyFile: ledger.keyEncryptionKeyFile },
      { readModels: [ACCESS_READ_MODEL], to, signal: new AbortController().signal, onProgress: () => {} },
    );
    return answer;
  };
  const rows = (record: number, streams: number) => [
    { table: 'access_event', rows: record },
    { table: 'access_record', rows: record },
    { table: 'access_stream', rows: streams },
    { table: 'accessed', rows: record },
  ];

  t.test('and is equal to the log, also after the first days were removed from both', async (t) => {
    t.match(await replayed(), { comparison: 'same-position', differences: 0, tables: rows(4, 3) });
    const [first] = [...(await readsInLog(ledger.log)).keys()] as [string];
    await removeReads(ledger, [first], { clock: () => new Date('2020-04-02T12:00:00.000Z') });
    await views.upToDate();
    t.match(await replayed(), { comparison: 'same-position', differences: 0, tables: rows(2, 2) });
  });

  t.test('as it was before anybody had read anything', async (t) => {
    const then = await replayed({ instant: '2020-01-01T00:00:00.000Z' });
    t.match(then, { comparison: 'since', position: '', events: 0, tables: rows(0, 0) });
    t.equal(then?.differences, 8, 'all that is there has come since');
    t.match(await replayed({ instant: new Date().toISOString() }), { comparison: 'same-position', differences: 0 });
  });

  t.test('and what somebody changed in it is told', async (t) => {
    const file = new DatabaseSync(readModelFile(views.directory, ACCESS_READ_MODEL), { timeout: 5_000 });
    file.exec(
      `UPDATE access_record SET subject = 'nobody' WHERE id = 'record-3'; DELETE FROM accessed WHERE place = 0`,
    );
    file.close();
    const answer = await replayed();
    t.equal(answer?.differences, 3);
    const [changed, ...gone] = answer?.first ?? [];
    t.match(changed, {
      table: 'access_record',
      columns: [{ column: 'subject', live: 'nobody', replayed: 'officer-1' }],
    });
    t.match(gone, [
      { table: 'accessed', difference: 'only-replayed', record: undefined, events: [] },
      { table: 'accessed', difference: 'only-replayed' },
    ]);
  });
});
