import { randomUUID } from 'node:crypto';
import t from 'tap';
import { LedgerInUse, loadDemonstration } from '../../src/demo/load.ts';
import { openTestLedger, sendAll } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';

t.test('the demonstration is not recorded among the cases of a ledger that is in use', async (t) => {
  const ledger = await openTestLedger(t);
  await sendAll(ledger, randomUUID(), ordinaryWays.suspect);
  const head = await ledger.log.head();
  await t.rejects(
    loadDemonstration(ledger, () => {}),
    LedgerInUse,
  );
  t.equal(await ledger.log.head(), head, 'nothing was written');
});
