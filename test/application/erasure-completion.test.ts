import t from 'tap';
import { createErasureCompletion } from '../../src/application/erasure-completion.ts';
import { erasureOf, order, ordered } from '../support/erasures.ts';
import { onEachLog } from '../support/ledger.ts';

onEachLog(t, 'those are completed whose key is destroyed, each once', async (t, ledger) => {
  const [first, second] = [await ordered(ledger, 'alias'), await ordered(ledger, 'person')];
  const absent = await order(ledger, { case: second.caseId, part: 'alias', what: 'No Such Alias' });
  await ordered(ledger, 'person');
  for (const id of [absent, first.id, second.id]) await erasureOf(ledger).workOff(id);
  const { incomplete, complete } = createErasureCompletion(ledger);
  const found = await incomplete();
  t.same(
    found.map(({ id }) => id),
    [first.id, second.id],
  );
  for (const each of found) t.equal(each.wrappedUnder, ledger.vault.wrappedUnder);
  for (const erasure of [found[0], found[0]]) if (erasure) await complete(erasure, ['node 1']);
  t.same(
    (await incomplete()).map(({ id }) => id),
    [second.id],
  );
  const types = (await ledger.log.readStream(`erasure-${first.id}`)).map(({ type }) => type);
  t.same(types, ['erasure-ordered', 'key-destroyed', 'erasure-completed']);
});
