import { randomUUID } from 'node:crypto';
import t from 'tap';
import { READ_MODELS } from '../../projections/read-models.ts';
import { findView } from '../../src/projecting/found-view.ts';
import { startProjector } from '../../src/projecting/projector.ts';
import { eventually } from '../support/eventually.ts';
import { openTestLedger, sendAll } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { openTestViews } from '../support/views.ts';

t.test('what an earlier process has built can be asked before a thread has begun, and only that', async (t) => {
  const ledger = await openTestLedger(t);
  await sendAll(ledger, randomUUID(), ordinaryWays.fugitive);
  const views = openTestViews(t, ledger);
  const find = (log = ledger.log) => Promise.all(READ_MODELS.map((model) => findView(views.directory, model, log)));
  await views.upToDate();
  const head = await ledger.log.head();
  await views.close();
  t.same(
    await find(),
    READ_MODELS.map(() => ({ position: head, caughtUp: true })),
  );

  const projector = startProjector({
    directory: views.directory,
    log: ledger.location,
    keyEncryptionKeyFile: ledger.keyEncryptionKeyFile,
    found: (model) => findView(views.directory, model, ledger.log),
  });
  t.teardown(() => projector.close());
  const told: boolean[] = [];
  projector.onProgress(() => told.push(projector.statuses().every(({ built, caughtUp }) => built && caughtUp)));
  await projector.caughtUp();
  t.equal(projector.scanned(), head);
  await eventually(() => told.length >= 2 * READ_MODELS.length + 1);
  const first = told.indexOf(true);
  t.ok(first < READ_MODELS.length, 'all can be asked when each was looked at, before any thread has said something');
  t.notOk(told.slice(first).includes(false), 'and that is not taken back when the threads begin');
  await projector.close();

  await sendAll(ledger, randomUUID(), ordinaryWays.fugitive);
  t.same(
    await find(),
    READ_MODELS.map(() => ({ position: head, caughtUp: false })),
    'what is behind says so',
  );
  const another = await openTestLedger(t);
  await sendAll(another, randomUUID(), ordinaryWays.fugitive);
  const nothing = READ_MODELS.map(() => undefined);
  t.same(await find(another.log), nothing, 'a view of another log is none');
  const unbuilt = READ_MODELS.map((model) => findView(`${views.directory}-none`, model, ledger.log));
  t.same(await Promise.all(unbuilt), nothing);
});
