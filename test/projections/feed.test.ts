import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { Viewer } from '../../domain/kernel/access.ts';
import { openTestLedger, sendAll } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { openTestViews } from '../support/views.ts';

const ministry: Viewer = { office: 'CN-MPS', role: 'recorder' };

t.test('the history and the feed give what was recorded, in log order, to those who see it', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  const one = randomUUID();
  const two = randomUUID();
  await sendAll(ledger, one, ordinaryWays.suspect.slice(0, 2));
  await sendAll(ledger, two, ordinaryWays['irregular-entry'].slice(0, 2));
  await sendAll(ledger, one, ordinaryWays.suspect.slice(2, 4));
  await views.upToDate();
  t.same(
    views.history.ofRecord('case', one).map(({ type, revision }) => [type, revision]),
    ordinaryWays.suspect.slice(0, 4).map(({ type }, revision) => [type, revision]),
  );
  const upTo = views.projector.scanned();
  const feed = (filter: object, viewer = ministry) => {
    const types: string[] = [];
    let after = '';
    while (after < upTo) {
      const { events, scanned } = views.history.feed(viewer, filter, { after, upTo });
      types.push(...events.map(({ type }) => type));
      after = scanned;
    }
    return types;
  };
  t.equal(feed({}).length, 6);
  t.same(feed({ kinds: ['irregular-entry'] }), ['found', 'nationality-verified']);
  t.same(feed({ types: ['captured', 'found'] }), ['captured', 'found']);
  t.same(feed({ caseId: one }).length, 4);
  t.same(feed({}, { office: 'VN-CB-BLO', role: 'liaison' }), []);
  t.equal(feed({}, { office: 'CN-MPS', role: 'auditor' }).length, 6);
});
