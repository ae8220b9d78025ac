import { randomUUID } from 'node:crypto';
import t from 'tap';
import type { Viewer } from '../../domain/kernel/access.ts';
import { openTestLedger, sendAll } from '../support/ledger.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { openTestViews } from '../support/views.ts';

const ministry: Viewer = { office: 'CN-MPS', role: 'recorder' };

t.test('persons are found by a part of a name in any script, by documents and by case numbers', async (t) => {
  const ledger = await openTestLedger(t);
  const views = openTestViews(t, ledger);
  const [opening] = ordinaryWays.fugitive;
  const names = [
    { text: '欧阳某', script: 'Hans', role: 'native' },
    { text: 'Nguyễn Thị Đào', script: 'Latn', role: 'passport' },
  ];
  const caseId = randomUUID();
  await sendAll(ledger, caseId, [
    {
      ...opening,
      particulars: {
        ...opening.particulars,
        person: { names, documents: [{ type: 'passport', number: 'C 123-456' }] },
        caseNumbers: [{ side: 'CN', number: '桂公 2017/12' }],
      },
    },
    {
      type: 'particulars-recorded',
      data: { particulars: { names: [{ text: 'A Lü', script: 'Latn', role: 'alias' }] } },
    },
  ]);
  await sendAll(ledger, randomUUID(), [opening]);
  await views.upToDate();
  const found = (search: object, viewer = ministry) =>
    views.cases.search(viewer, search, { limit: 10 }).items.map((item) => item.caseId);
  for (const name of [
    '欧阳',
    '阳某',
    '某',
    'nguyen dao',
    'ĐÀO',
    'thi nguyễn',
    'lv',
    'Nguyễn Thị Đào'.normalize('NFD'),
  ]) {
    t.same(found({ name }), [caseId], name);
  }
  t.same(found({ document: 'c123456' }), [caseId]);
  t.same(found({ caseNumber: '桂公2017/12' }), [caseId]);
  t.same(found({ name: '欧阳', document: 'C123456' }), [caseId]);
  t.same(found({ name: '欧阳', document: 'C999' }), [], 'all that is given must be found');
  t.same(found({ name: '王' }), []);
  t.same(
    found({ name: '欧阳' }, { office: 'VN-CB-BLO', role: 'recorder' }),
    [],
    'nothing for an office that does not see the case',
  );
  t.same(
    found({ name: '欧阳' }, { office: 'CN-MPS', role: 'auditor' }),
    [],
    'nothing for a role that reads no persons',
  );
  t.same(found({ name: '欧阳' }, { office: 'CN-MPS', role: 'protection' }), []);
});
