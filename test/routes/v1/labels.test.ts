import t from 'tap';
import { CODE_LISTS, statusesOf } from '../../../domain/code-lists.ts';
import { LISTS_OF_FIELDS } from '../../../domain/labels/fields.ts';
import { LANGUAGES } from '../../../domain/reference/entry.ts';
import { REGISTERS, STREAM_KINDS } from '../../../domain/stream-kinds.ts';
import { namesOf } from '../../../src/routes/v1/registers/representation.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { seenBy, sendCase, sendMore } from '../../support/cases-over-http.ts';
import { wayTo } from '../../support/ordinary-ways.ts';

/** Values that programs alone read, or that are names of something else than codes. */
const NO_CODES: readonly (readonly [values: RegExp, why: string])[] = [
  [/^urn:handover-ledger:problem:/, 'the type of a problem, which has its title beside it'],
  [/^(header|path|query)$/, 'where a fault is in a request'],
  [/^openedOn$/, 'the name of a field'],
  [/^-?(since|opened|handedOver)$/, 'an order of a list'],
  [/^(counted|happened|undecided)$/, 'which lines are asked for'],
  [/^(cases|history|access|all)$/, 'a view that is replayed'],
  [/^(yearly|period)$/, 'a report of which a figure is asked for'],
  [/^sealed$/, 'what is to be included in an answer'],
  [/^(true|false)$/, 'a truth value'],
  [/^(json|mermaid|csv|handover-ledger\/provenance@1)$/, 'a format'],
  [/^(1\.0|application\/json)$/, 'what CloudEvents ask for'],
  [/^Asia\/(Shanghai|Ho_Chi_Minh)$/, 'a zone by its IANA name'],
  [/^\+0[78]:00$/, 'an offset from UTC'],
];

/** Codes that stand in one place and are of two lists. */
const OF_TWO_LISTS = [['case-kinds', 'record-kinds']];

const CODES_OF = new Map(
  Object.entries(CODE_LISTS).map(([list, entries]) => [list, new Set(entries.map(({ code }) => code))]),
);
const listed = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => [...(CODES_OF.get(list) ?? [])]));
const KNOWN = [
  ...Object.keys(CODE_LISTS).map((list) => listed(list)),
  ...OF_TWO_LISTS.map((lists) => listed(...lists)),
];

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** The values that a schema allows at one place: an `enum`, a `const`, or the `type` of alternatives that have one each. */
const valuesAt = (schema: Node): readonly string[] => {
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  if (schema.const !== undefined && !isNode(schema.const)) return [String(schema.const)];
  const alternatives = Array.isArray(schema.oneOf) ? (schema.oneOf as readonly Node[]) : [];
  return alternatives.flatMap(({ properties }) => {
    const { type } = (properties ?? {}) as { readonly type?: Node };
    return type?.const === undefined ? [] : [String(type.const)];
  });
};

/** Every place of a document at which only certain values are allowed. */
const places = (
  node: unknown,
  path: string,
): readonly { readonly path: string; readonly values: readonly string[] }[] => {
  if (!isNode(node)) return [];
  const values = Array.isArray(node) ? [] : valuesAt(node);
  return [
    ...(values.length > 0 ? [{ path, values }] : []),
    ...Object.entries(node).flatMap(([key, value]) => places(value, `${path}/${key}`)),
  ];
};

t.test('every code that the interface gives or takes has its label', async (t) => {
  const { get } = await startApp(t);
  const { components, paths } = (await get('/openapi.json')).json();
  const names = Object.keys(CODE_LISTS).join();
  const found = places({ components, paths }, '').filter(({ values }) => values.join() !== names);
  t.ok(found.length > 200);
  for (const { path, values } of found) {
    const codes = values.filter((value) => !NO_CODES.some(([pattern]) => pattern.test(value)));
    t.ok(
      KNOWN.some((list) => codes.every((code) => list.has(code))),
      `${path}: no list in domain/code-lists.ts has all of ${codes.join(', ')}`,
    );
  }
});

t.test('the codes that a record shows are labelled where they stand', async (t) => {
  const { get } = await startApp(t);
  const { schemas } = (await get('/openapi.json')).json().components;
  for (const { category } of STREAM_KINDS) {
    const register = REGISTERS.find((kind) => kind.category === category);
    const { properties } = schemas[register === undefined ? 'Case' : namesOf(register).one];
    const lists: Readonly<Record<string, string>> = { ...LISTS_OF_FIELDS[category], status: statusesOf(category) };
    for (const [field, schema] of Object.entries(properties as Readonly<Record<string, Node>>)) {
      const values = valuesAt(isNode(schema.items) ? schema.items : schema);
      const codes = values.filter((value) => !NO_CODES.some(([pattern]) => pattern.test(value)));
      const list = lists[field] ?? '';
      t.ok(
        codes.every((code) => CODES_OF.get(list)?.has(code)),
        `${category} ${field}: ${codes.join(', ')}`,
      );
      if (codes.length === 0) t.notOk(field in lists, `${category} ${field} has codes`);
    }
  }
});

t.test('tables are told in the language that is asked for, whole', async (t) => {
  const { get } = await startApp(t);
  for (const { kind, href } of (await get('/v1/lifecycles')).json().lifecycles) {
    const plain = await get(href);
    t.notMatch(plain.body, '"labels"', 'where no language is asked for');
    for (const language of LANGUAGES) {
      const answer = await get(href, { 'accept-language': language });
      t.equal(answer.headers['content-language'], language);
      t.equal(answer.headers.vary, 'accept, accept-language');
      const { labels, states, rows, ...table } = answer.json();
      t.type(labels.kind, 'string', kind);
      t.ok(states.every((state: { labels: object }) => Object.keys(state.labels).join() === 'state'));
      for (const row of rows) {
        t.same(Object.keys(row.labels), ['event', 'from', 'to', 'by', 'guards']);
        t.equal(row.labels.from.length, row.from.length);
        t.equal(row.labels.guards.length, row.guards.length);
      }
      t.equal(table.diagram, plain.json().diagram);
    }
  }
});

const VIETNAMESE = { 'accept-language': 'vi-VN, en;q=0.5' };

t.test('a case, its history and what comes next', async (t) => {
  const started: TestApp = await startApp(t);
  const { get, post, as } = started;
  const officer = await as('recorder');
  const sent = await sendCase(started, wayTo('fugitive', 'identity-verified'), officer);
  const { self, events, next } = sent.links;
  const asked = { ...officer, ...sent.seen };
  const vietnamese = { ...asked, ...VIETNAMESE };

  t.test('have no labels where no language of ours is asked for', async (t) => {
    for (const url of [self, events, next, '/v1/cases']) {
      for (const headers of [asked, { ...asked, 'accept-language': 'fr' }, { ...asked, 'accept-language': '*' }]) {
        const answer = await get(url, headers);
        t.notMatch(answer.body, '"labels"', url);
        t.equal(answer.headers['content-language'], undefined);
        t.equal(answer.headers.vary, 'accept-language');
      }
    }
    t.equal((await get(self, { ...asked, 'accept-language': 'fr' })).headers.etag, sent.last.headers.etag);
  });

  t.test('have them in the language that is asked for', async (t) => {
    const answer = await get(self, vietnamese);
    t.equal(answer.headers['content-language'], 'vi');
    t.same(answer.json().labels, {
      kind: 'Đối tượng truy nã',
      status: 'Đã xác minh danh tính',
      direction: 'Việt Nam bàn giao cho Trung Quốc',
      requestingParty: 'Trung Quốc',
      deliveringParty: 'Việt Nam',
      receivingParty: 'Trung Quốc',
    });
    const { labels: _, ...withoutLabels } = answer.json();
    t.same(withoutLabels, (await get(self, asked)).json());
    const chinese = (await get('/v1/cases', { ...asked, 'accept-language': 'zh' })).json();
    t.match(chinese.cases[0].labels, { kind: '逃犯', status: '身份已核实' });
    t.same(
      (await get(events, vietnamese)).json().events.map(({ labels }: { labels: object }) => labels),
      ['Đã có tin báo', 'Đã xác định được tung tích', 'Đã bắt giữ', 'Đã xác minh danh tính'].map((type) => ({ type })),
    );
    const steps = (await get(next, { ...asked, 'accept-language': 'zh-CN' })).json();
    t.same(steps.labels, { status: '身份已核实' });
    const { labels } = steps.next.find(({ type }: { type: string }) => type === 'transfer-approved');
    t.same(labels, {
      type: '已批准移送',
      by: '移交方',
      sides: ['越南'],
      status: '已批准移送',
      needs: ['注明法律依据', '保护审查未发现障碍'],
    });
  });

  t.test('are another representation in each language', async (t) => {
    const etags = new Set<unknown>();
    for (const headers of [asked, ...LANGUAGES.map((language) => ({ ...asked, 'accept-language': language }))]) {
      const { etag } = (await get(self, headers)).headers;
      etags.add(etag);
      t.equal((await get(self, { ...headers, 'if-none-match': String(etag) })).statusCode, 304);
    }
    t.equal(etags.size, LANGUAGES.length + 1);
    const history = await get(events, vietnamese);
    t.not(history.headers.etag, (await get(events, asked)).headers.etag);
  });

  t.test('an answer to a command is the one that a query gives', async (t) => {
    const { etag } = (await get(self, vietnamese)).headers;
    const escaped = { by: 'VN', type: 'escaped' } as const;
    const answer = await sendMore(started, sent, escaped, { ...officer, ...VIETNAMESE }, String(etag));
    t.equal(answer.json().labels.status, 'Đã bỏ trốn');
    const position = { 'min-event-position': String(answer.headers['event-position']) };
    const shown = await get(self, { ...vietnamese, ...position });
    t.equal(shown.body, answer.body);
    t.equal(shown.headers.etag, answer.headers.etag);
  });

  t.test('and so are those of a register', async (t) => {
    const body = {
      kind: 'location',
      addressee: 'VN-MPS',
      urgency: 'routine',
      occurredAt: '2024-01-01',
      question: 'Where is N. V. A.?',
    };
    const opened = await post('/v1/requests', body, { ...officer, ...VIETNAMESE });
    const { labels, links } = opened.json();
    t.same(labels, { kind: 'Xác định tung tích', urgency: 'Thông thường', status: 'Đã yêu cầu' });
    const position = { 'min-event-position': String(opened.headers['event-position']) };
    const shown = await get(links.self, { ...vietnamese, ...position });
    t.equal(shown.body, opened.body);
    t.equal(shown.headers.etag, opened.headers.etag);
    t.not((await get(links.self, { ...asked, ...position })).headers.etag, shown.headers.etag);
    const answer = await get(links.next, { ...vietnamese, ...position });
    t.match(answer.json().next[0].labels, { type: 'Đã xác nhận nhận được', by: 'Cơ quan được yêu cầu' });
    const [first] = (await get(links.events, { ...vietnamese, ...position })).json().events;
    t.same(first.labels, { type: 'Đã yêu cầu' });
  });
});

t.test('worklists, lines of minutes, deadlines and candidates', async (t) => {
  const started: TestApp = await startApp(t);
  const { get, post, as } = started;
  const officer = { ...(await as('recorder')), ...VIETNAMESE };
  await sendCase(started, wayTo('fugitive', 'identity-verified'), officer);
  const handedOver = await sendCase(started, wayTo('fugitive', 'handed-over-at-border-pass'), officer);
  const asked = { ...officer, ...handedOver.seen };
  const labelsOf = async (url: string, list: string) => (await get(url, asked)).json()[list][0].labels;

  t.same(await labelsOf('/v1/handovers', 'handovers'), {
    direction: 'Việt Nam bàn giao cho Trung Quốc',
    kind: 'Đối tượng truy nã',
    pass: 'Hữu Nghị',
    agreement: 'Chỉ một bên nêu',
    differsIn: [],
  });
  const { candidates } = (await get(`${handedOver.links.self}/candidates`, asked)).json();
  t.same(candidates[0].reasons[0].labels, { code: 'Cùng họ tên' });
  t.equal(candidates[0].case.labels.status, 'Đã xác minh danh tính');

  const approved = await sendCase(started, wayTo('fugitive', 'transfer-approved'), officer);
  const minutes = await post(
    '/v1/handovers',
    {
      number: '12/2024',
      occurredAt: '2024-01-01',
      handoverDate: '2024-01-01',
      deliveringParty: 'VN',
      statedBy: { office: 'VN-MPS', document: 'Note 1' },
      totals: { persons: 0, bySex: {}, byAgeBand: {}, byHomeLocality: {} },
      lines: [{ case: approved.id, outcome: 'refused', cause: 'documents-missing' }],
    },
    officer,
  );
  t.equal(minutes.statusCode, 201, minutes.body);
  const lines = await get(`${minutes.json().links.self}/lines`, { ...officer, ...seenBy(minutes) });
  t.match(lines.json().lines[0].labels, { outcome: 'Bị từ chối tiếp nhận', cause: 'Thiếu giấy tờ', faults: [] });

  const body = { kind: 'information', addressee: 'VN-MPS', urgency: 'routine', question: 'Who is it?' };
  const request = await post('/v1/requests', { ...body, occurredAt: '2024-01-01', dueOn: '2024-01-31' }, officer);
  const deadlines = await get('/v1/deadlines', { ...officer, ...seenBy(request) });
  t.match(deadlines.json().deadlines[0].labels, { record: 'Yêu cầu giữa các cơ quan' });
});

t.test('a problem has its title in the language that is asked for', async (t) => {
  const { get, post, as } = await startApp(t);
  const officer = await as('recorder');
  const unknown = `/v1/cases/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`;
  const titleOf = async (language: Record<string, string>) =>
    (await get(unknown, { ...officer, ...language })).json().title;
  t.equal(await titleOf({}), 'There is no such thing');
  t.equal(await titleOf({ 'accept-language': 'fr' }), 'There is no such thing');
  t.equal(await titleOf({ 'accept-language': 'zh-CN' }), '没有该内容');
  t.equal(await titleOf(VIETNAMESE), 'Không có nội dung này');
  t.equal((await get('/v1/nothing', VIETNAMESE)).json().title, 'Không có nội dung này');
  t.equal((await get('/%E0%A4%A', VIETNAMESE)).json().title, 'The request is malformed', 'no route, no language');
  t.equal((await post('/v1/cases', '{', { ...officer, ...VIETNAMESE })).json().title, 'Nội dung không phải là JSON');
});
