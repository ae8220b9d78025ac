import t from 'tap';
import { FOR_CASE_WORK, startApp } from '../../../support/app.ts';
import type { Opening } from '../../../support/case-scenario.ts';
import { sendCase } from '../../../support/cases-over-http.ts';
import { ordinaryWays } from '../../../support/ordinary-ways.ts';

type Names = readonly (readonly [text: string, script: 'Hans' | 'Latn'])[];

/** A case of somebody with these names. */
const of = (opening: Opening, names: Names, more: object = {}, particulars: object = {}): readonly [Opening] => [
  {
    ...opening,
    particulars: {
      ...opening.particulars,
      person: { names: names.map(([text, script]) => ({ text, script, role: 'native' })), ...more },
      ...particulars,
    },
  },
];

t.test('persons are searched for', async (t) => {
  const started = await startApp(t);
  const { post, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const { fugitive, suspect, 'trafficking-victim': victims } = ordinaryWays;
  const documents = [{ type: 'passport', number: 'C 123-456' }];
  const caseNumbers = [{ side: 'CN', number: '桂公 2017/12' }];
  const li = await sendCase(started, of(fugitive[0], [['李某', 'Hans']], { documents }, { caseNumbers }), officer);
  const dao = await sendCase(
    started,
    of(fugitive[0], [['Nguyễn Thị Đào', 'Latn']], {}, { warrantNumber: 'W-77' }),
    officer,
  );
  const lu = await sendCase(
    started,
    of(suspect[0], [
      ['吕某', 'Hans'],
      ['Lü M.', 'Latn'],
    ]),
    officer,
  );
  const victim = await sendCase(started, of(victims[0], [['Nguyễn Thị Hoa', 'Latn']]), protection);
  const names = { [li.id]: 'li', [dao.id]: 'dao', [lu.id]: 'lu', [victim.id]: 'victim' };

  const send = (body: unknown, account = officer) => post('/v1/cases/search', body, { ...account, ...victim.seen });
  const search = async (body: unknown, account = officer) => {
    const answer = await send(body, account);
    t.equal(answer.statusCode, 200, answer.body);
    return answer.json().cases.map(({ id }: { id: string }) => names[id]);
  };

  t.test('by names in any script, documents and numbers', async (t) => {
    for (const [body, expected] of [
      [{ name: '李' }, ['li']],
      [{ name: '李某' }, ['li']],
      [{ name: '某' }, ['li', 'lu']],
      [{ name: 'nguyen' }, ['dao']],
      [{ name: 'NGUYEN THI DAO' }, ['dao']],
      [{ name: 'đào nguyễn' }, ['dao']],
      [{ name: 'lv' }, ['lu']],
      [{ name: 'lu' }, []],
      [{ document: 'c123456' }, ['li']],
      [{ document: 'C12345' }, []],
      [{ caseNumber: '桂公2017/12' }, ['li']],
      [{ caseNumber: 'w77' }, ['dao']],
      [{ caseNumber: '桂公 2017' }, ['li']],
      [{ caseNumber: 'W-7' }, []],
      [{ caseNumber: '2017/12' }, []],
      [{ name: '???', caseNumber: 'w77' }, []],
      [{ name: '李', document: 'C123456', caseNumber: '桂公2017-12' }, ['li']],
      [{ name: '吕', document: 'C123456' }, []],
      [{ name: '???' }, []],
    ] as const) {
      t.same(await search(body), expected, JSON.stringify(body));
    }
  });

  t.test('and are shown with who they are, as each case is alone', async (t) => {
    const answer = await send({ name: 'dao' });
    const [found] = answer.json().cases;
    t.match(found.who, { person: { names: [{ text: 'Nguyễn Thị Đào' }] }, warrantNumber: 'W-77' });
    t.same(found, (await started.get(`${dao.links.self}?include=person`, officer)).json());
    t.equal(answer.headers['cache-control'], 'no-store');
    t.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
    t.notMatch(started.logged(), /Nguyễn|李|C 123-456/, 'no log holds a name');
  });

  t.test('page after page', async (t) => {
    const found: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = (await send({ name: '某', limit: 1, ...(cursor && { cursor }) })).json();
      found.push(...page.cases.map(({ id }: { id: string }) => names[id]));
      cursor = page.next;
      pages++;
    } while (cursor !== undefined);
    t.same([found, pages], [['li', 'lu'], 2]);
  });

  t.test('by those who may know of them', async (t) => {
    t.same(await search({ name: 'nguyen' }, protection), ['victim'], 'victims by protection alone');
    t.same(await search({ name: 'nguyen' }, { ...(await as('liaison')), ...FOR_CASE_WORK }), ['dao'], 'the ministry');
    t.same(await search({ name: 'nguyen' }, await as('protection')), ['victim']);
    t.same(await search({ name: 'nguyen' }, await as('recorder', 'CN', 'CN-YN-BLO')), []);
    t.same(await search({ name: 'nguyen' }, await as('recorder', 'VN')), []);
    for (const role of ['auditor', 'statistician', 'admin'] as const) {
      const answer = await send({ name: 'nguyen' }, await as(role));
      t.equal(answer.statusCode, 403, role);
      t.match(answer.json().detail, new RegExp(`not for the role ${role}; it is for: recorder, liaison, protection`));
    }
  });

  t.test('unless nothing is said that could be searched for', async (t) => {
    for (const [body, pointer, detail] of [
      [{}, '', /at least one of name, document and caseNumber/],
      [{ limit: 3 }, '', /at least one of/],
      [{ name: '' }, '/name', /some text/],
      [{ name: '   ' }, '/name', /some text/],
      [{ name: 7 }, '/name', /string|expected/],
      [{ name: 'x'.repeat(201) }, '/name', /200/],
      [{ name: 'x', limit: 0 }, '/limit', /1 to 500/],
      [{ name: 'x', limit: '5' }, '/limit', /1 to 500/],
      [{ name: 'x', cursor: 'x' }, '/cursor', /the link|next/],
      [{ names: 'x' }, '/names', /./],
      [[], '', /object/],
    ] as const) {
      const answer = await send(body);
      t.equal(answer.statusCode, 400, JSON.stringify(body));
      t.ok(
        answer
          .json()
          .errors.some(
            (fault: { pointer: string; detail: string }) => fault.pointer === pointer && detail.test(fault.detail),
          ),
        `${JSON.stringify(body)}: ${answer.body}`,
      );
    }
    t.equal((await send('{"name":')).json().type, 'urn:handover-ledger:problem:malformed-json');
    t.equal((await started.get('/v1/cases/search?name=nguyen', officer)).statusCode, 400, 'no name in an address');
  });

  t.test('without an idempotency key, since nothing is written', async (t) => {
    const before = (await started.caseEvents()).length;
    const answer = await started.app.inject({
      method: 'POST',
      url: '/v1/cases/search',
      headers: { ...officer, 'content-type': 'application/json' },
      payload: { name: '李' },
    });
    t.equal(answer.statusCode, 200);
    t.equal((await started.caseEvents()).length, before);
  });
});
