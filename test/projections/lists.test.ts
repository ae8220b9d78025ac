import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { Viewer } from '../../domain/kernel/access.ts';
import { CASE_SORTS, type CaseListPlace, type CaseSort, createCaseQueries } from '../../projections/cases/query.ts';
import { createHandoverQueries, type HandoverPlace, type HandoverRow } from '../../projections/handovers/query.ts';
import { enteredByChina } from '../support/case-scenario.ts';
import { handedOver } from '../support/handed-over-on.ts';
import { openTestLedger, sendAll } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { openTestViews } from '../support/views.ts';

const ministry: Viewer = { office: 'CN-MPS', role: 'recorder' };

t.test('lists are filtered, sorted, paged, and hold what the viewer sees', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  const days = ['2024-01-05', '2024-01-01', '2024-01-03', '2024-01-04', '2024-01-02'];
  const ids: Record<string, string> = {};
  for (const day of days) ids[day] = (await handedOver(ledger, day, { incident: `affair-${day.at(-1)}` })).caseId;
  const victim = randomUUID();
  await sendAll(ledger, victim, ordinaryWays['trafficking-victim'].slice(0, 3));
  await views.upToDate();
  const list = (filter: object, options: { sort?: 'since' | '-since'; limit?: number } = {}) => {
    const seen: string[] = [];
    let after: CaseListPlace | undefined;
    do {
      const page = views.cases.list(ministry, filter, {
        sort: options.sort ?? 'since',
        limit: options.limit ?? 2,
        after,
      });
      seen.push(...page.items.map(({ caseId }) => caseId));
      after = page.next;
    } while (after !== undefined);
    return seen;
  };
  const inOrder = [...days].sort().map((day) => ids[day]);
  t.same(list({ kind: ['fugitive'] }), inOrder, 'page after page');
  t.same(list({ kind: ['fugitive'] }, { sort: '-since' }), inOrder.toReversed());
  t.same(list({ status: ['in-care'] }), [victim]);
  t.same(list({ incident: 'affair-3' }), [ids['2024-01-03']]);
  t.same(list({ pass: 'youyi-guan', handedOverFrom: '2024-01-04' }), [ids['2024-01-04'], ids['2024-01-05']]);
  t.same(list({ party: 'VN' }), [victim]);
  t.same(list({ direction: 'CN-VN' }), [victim]);
  t.same(list({ office: 'VN-MPS' }), []);
  const stranger: Viewer = { office: 'CN-YN-BLO', role: 'liaison' };
  t.same(views.cases.list(stranger, {}, { sort: 'since', limit: 10 }).items, []);
  await sendAll(ledger, victim, [{ type: 'shared-with', data: { offices: ['CN-YN-BLO'] } }]);
  await views.upToDate();
  t.same(
    views.cases.list(stranger, {}, { sort: 'since', limit: 10 }).items.map(({ caseId }) => caseId),
    [victim],
  );
  t.equal(views.cases.find(stranger, ids['2024-01-01'] as string), undefined);
  t.ok(views.cases.find(stranger, victim));
  t.equal(
    views.cases.find({ office: 'CN-YN-BLO', role: 'statistician' }, victim),
    undefined,
    'no case for a role of figures',
  );
});

t.test('lists are the same whether few cases are gone through or many', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  for (const day of ['2024-01-05', '2024-01-01', '2024-01-03']) await handedOver(ledger, day);
  await sendAll(ledger, randomUUID(), ordinaryWays['trafficking-victim'].slice(0, 3));
  await sendAll(ledger, randomUUID(), enteredByChina(ordinaryWays['irregular-entry']));
  await views.upToDate();
  const few = { cases: views.cases, handovers: views.handovers };
  const many = {
    cases: createCaseQueries(views.database, 0),
    handovers: createHandoverQueries(views.database, 0),
  };
  type Queries = typeof few;
  const everyPage = <Item, Place>(
    pageAfter: (after: Place | undefined) => { readonly items: readonly Item[]; readonly next: Place | undefined },
  ): readonly Item[] => {
    const items: Item[] = [];
    let after: Place | undefined;
    do {
      const page = pageAfter(after);
      items.push(...page.items);
      after = page.next;
    } while (after !== undefined);
    return items;
  };
  const viewers: readonly Viewer[] = [
    ministry,
    { office: 'CN-MPS', role: 'auditor' },
    { office: 'CN-MPS', role: 'protection' },
    { office: 'VN-CB-BLO', role: 'liaison' },
  ];
  const filters = [
    {},
    { kind: ['fugitive'] },
    { status: ['receipt-acknowledged', 'in-care', 'closed'] },
    { handedOverFrom: '2024-01-02', handedOverTo: '2024-01-04' },
    { office: 'CN-MPS', kind: ['fugitive', 'irregular-entry'] },
    { pass: 'youyi-guan' },
    { openedFrom: Date.parse('2024-01-01'), sinceTo: Date.parse('2024-01-05') },
  ];
  const cases = (queries: Queries, viewer: Viewer, filter: object, sort: CaseSort) =>
    everyPage<{ caseId: string }, CaseListPlace>((after) =>
      queries.cases.list(viewer, filter, { sort, after, limit: 2 }),
    );
  const handovers = (queries: Queries, viewer: Viewer, filter: object) =>
    everyPage<HandoverRow, HandoverPlace>((before) => {
      const items = queries.handovers.list(viewer, filter, { before, limit: 2 });
      const last = items.at(-1);
      return {
        items,
        next: items.length < 2 || last === undefined ? undefined : { day: last.lastDay, number: last.number },
      };
    });
  const persons = (queries: Queries, viewer: Viewer, name: string) =>
    everyPage<{ caseId: string }, number>((after) => queries.cases.search(viewer, { name }, { after, limit: 2 }));
  let shown = 0;
  for (const viewer of viewers) {
    for (const filter of filters) {
      for (const sort of CASE_SORTS) {
        const found = cases(few, viewer, filter, sort);
        shown += found.length;
        t.same(cases(many, viewer, filter, sort), found, `${viewer.role} ${JSON.stringify(filter)} ${sort}`);
      }
    }
    for (const filter of [
      {},
      { agreement: ['one-sided', 'conflicting'] },
      { kind: ['fugitive'], agreement: ['matched'] },
      { direction: ['VN-CN'] },
      { pass: ['youyi-guan', 'none'] },
      { from: '2024-01-02', to: '2024-01-04', direction: ['VN-CN', 'CN-VN'] },
      { to: '2024-01-03', pass: ['youyi-guan'], agreement: ['one-sided'] },
    ]) {
      t.same(handovers(many, viewer, filter), handovers(few, viewer, filter), JSON.stringify(filter));
    }
    for (const name of ['n', 'N. V. A.', 'nothing'])
      t.same(persons(many, viewer, name), persons(few, viewer, name), name);
  }
  t.ok(shown > 100, 'there is something in the lists');
});
