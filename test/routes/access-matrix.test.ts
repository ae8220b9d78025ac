import { randomUUID } from 'node:crypto';
import t from 'tap';
import { ROLES, type Role } from '../../domain/kernel/roles.ts';
import { OFFICES, RECORDS, type RecordRule, ROUTES, type RouteRule } from '../support/access-table.ts';
import { IN_ADDRESSES } from '../support/addresses.ts';
import { type Answer, FOR_CASE_WORK, type Headers, startApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { INSIDE } from '../support/inside.ts';
import { COMMON_NAME, type MatrixRecord, matrixRecords } from '../support/matrix-records.ts';
import { newSigner } from '../support/signers.ts';

interface Account {
  readonly role: Role;
  readonly office: string;
  readonly headers: Headers;
}

const ruleOf = ({ name }: MatrixRecord): RecordRule => RECORDS[name];

const WORKS_ON_RECORDS: readonly Role[] = ['recorder', 'liaison', 'protection'];

const sees = ({ role, office }: Account, { seenBy, public: isPublic }: RecordRule): boolean =>
  isPublic === true || role === 'auditor' || (seenBy as readonly string[]).includes(office);

/** Whether an account is shown what is sealed, once it has said what for. */
const isShown = (account: Account, record: RecordRule): boolean =>
  sees(account, record) && record.shownTo.includes(account.role);

const maySaveWords = ({ role, office }: Account, { freely }: RecordRule): boolean =>
  role !== 'protection' && (freely as readonly string[]).includes(office);

interface Asked {
  readonly forSealed: boolean;
  readonly saysWhatFor: boolean;
}

/** What the table says of a request. */
const expected = (rule: RouteRule, account: Account, record: RecordRule | undefined, asked: Asked): number => {
  const good = rule.answers ?? (rule.writes === true ? 201 : 200);
  if (!rule.roles?.includes(account.role)) return 403;
  if (record === undefined) return good;
  if (!sees(account, record)) return 404;
  if (rule.writes === true) {
    const isItsOffice = (record.seenBy as readonly string[]).includes(account.office);
    return record.writtenBy.includes(account.role) && isItsOffice ? good : 403;
  }
  if (!asked.forSealed) return good;
  if (!record.shownTo.includes(account.role)) return 403;
  const isAsked = rule.sayingWhatFor?.includes(account.office) === true || !maySaveWords(account, record);
  return asked.saysWhatFor || !isAsked ? good : 403;
};

const NO_RECORD = '00000000-0000-4000-8000-000000000000';

const addressOf = (path: string, id = NO_RECORD): string =>
  path.replace(/:(caseId|id)\b/, id).replaceAll(/:\w+|\*$/g, (name) => IN_ADDRESSES[name] ?? NO_RECORD);

const bodyFor = (path: string, record: RecordRule | undefined): object => {
  if (path.endsWith('/search')) return { name: COMMON_NAME };
  if (path.endsWith('/lines')) return { lines: [{ date: '2025-03-02' }] };
  if (record === undefined) return { unknown: true };
  // With an office of the side that shares it, so that nobody is let in by it.
  if (record.of === 'case') {
    const offices = [record.openedBy.startsWith('CN') ? 'CN-GX-PSD' : 'VN-34-PD'];
    return { type: 'shared-with', occurredAt: '2024-02-03', data: { offices } };
  }
  return { type: 'noted', occurredAt: '2026-03-01' };
};

t.test('every route lets in whom the table says, to the records and persons that it says', async (t) => {
  const started = await startApp(t, {
    signed: {},
    witnessing: { logs: [], signer: newSigner('test.invalid/witness') },
  });
  const { app, as, ledger, transparency } = started;
  const records = await matrixRecords(started);
  const head = String(await ledger.log.head());
  await eventually(() => {
    const { position, size } = transparency.tree.progress();
    return position >= head && transparency.tree.latestCheckpoint()?.size === size;
  });

  const accounts: Account[] = [];
  for (const role of ROLES) {
    for (const office of WORKS_ON_RECORDS.includes(role) ? OFFICES : (['CN-MPS', 'VN-09-BLO'] as const)) {
      const { authorization } = await as(role, office.slice(0, 2) as 'CN' | 'VN', office);
      accounts.push({ role, office, headers: { authorization } });
    }
  }

  const routes = app.knownRoutes.flatMap(({ methods, segments }) =>
    methods
      .filter((method) => method !== 'HEAD')
      .map((method) => ({ method, path: segments.join('/'), name: `${method} ${segments.join('/')}` })),
  );
  t.same(
    routes.map(({ name }) => name).sort(),
    Object.keys(ROUTES).sort(),
    'the table has a rule for each route, and no other',
  );

  let asked = 0;
  const send = (method: string, url: string, body: object, headers: Headers): Promise<Answer> => {
    asked++;
    const payload = method === 'POST' ? { payload: JSON.stringify(body) } : {};
    const written = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    return app.inject({
      method: method as 'GET',
      url,
      headers: { accept: 'application/json, */*;q=0.1', ...(method === 'POST' && written), ...headers },
      ...payload,
    });
  };

  for (const { method, path, name } of routes) {
    const rule = ROUTES[name] as RouteRule;
    const anybody = await send(method, addressOf(path), {}, {});
    if (rule.roles === undefined) {
      t.notOk([401, 403].includes(anybody.statusCode) && !path.startsWith('/witness'), `${name} is for everybody`);
      if (!path.startsWith('/docs/')) t.notMatch(anybody.body, INSIDE, name);
      continue;
    }
    t.equal(anybody.statusCode, 401, `${name} is not for everybody`);
    const named = rule.of === undefined ? [undefined] : records.filter((record) => ruleOf(record).of === rule.of);
    t.ok(named.length > 0, `${name} has records to be asked for`);
    const wrong: string[] = [];
    for (const account of accounts) {
      for (const record of named) {
        const its = record && ruleOf(record);
        const requests = (rule.queries ?? ['']).flatMap((query) => {
          const plain = { query, forSealed: rule.shows === 'always', saysWhatFor: true };
          if (rule.shows === undefined || its === undefined) return [plain];
          const sealed = rule.shows === 'always' ? query : [query, rule.shows].filter(Boolean).join('&');
          const both = [true, false].map((saysWhatFor) => ({ query: sealed, forSealed: true, saysWhatFor }));
          return rule.shows === 'always' ? both : [plain, ...both];
        });
        for (const { query, ...how } of requests) {
          const purpose = how.saysWhatFor ? FOR_CASE_WORK : {};
          const url = `${addressOf(path, record?.id)}?${query}`;
          const answer = await send(method, url, bodyFor(path, its), { ...account.headers, ...purpose });
          const what = `${account.role} of ${account.office}: ${method} ${url} (${record?.name})`;
          const status = expected(rule, account, its, how);
          if (answer.statusCode !== status) wrong.push(`${what} is answered ${answer.statusCode}, not ${status}`);
          if (INSIDE.test(answer.body)) wrong.push(`${what} tells of the inside: ${answer.body}`);
          wrong.push(...told(rule, account, answer, records, record, how, query).map((each) => `${what}: ${each}`));
        }
      }
    }
    t.same(wrong, [], name);
  }
  t.ok(asked > 5_000, `${asked} requests`);
});

/** What is wrong with what an answer tells: of whom it may not tell, of whom it should, and which records it lists. */
const told = (
  rule: RouteRule,
  account: Account,
  { body, statusCode }: Answer,
  records: readonly MatrixRecord[],
  asked: MatrixRecord | undefined,
  { forSealed, saysWhatFor }: Asked,
  query: string,
): readonly string[] => {
  const isGood = statusCode < 300;
  const secrets = records.filter(({ secret }) => body.includes(secret));
  const wrongly = secrets.filter(
    (record) =>
      !(forSealed && isGood && isShown(account, ruleOf(record))) ||
      ruleOf(record).gone === true ||
      !(saysWhatFor || maySaveWords(account, ruleOf(record))),
  );
  const itsRule = asked && ruleOf(asked);
  const isMissing =
    isGood &&
    rule.shows === 'include=person' &&
    forSealed &&
    itsRule?.gone !== true &&
    !secrets.includes(asked as MatrixRecord);
  const listed = isGood && rule.lists !== undefined ? wronglyListed(rule.lists, account, body, records, query) : [];
  return [
    ...wrongly.map(({ name }) => `tells what is sealed of the ${name}`),
    ...(isMissing ? ['does not tell who the person is'] : []),
    ...listed,
  ];
};

const wronglyListed = (
  lists: string,
  account: Account,
  body: string,
  records: readonly MatrixRecord[],
  query: string,
): readonly string[] => {
  const listable = records.filter((record) => {
    const { of, shownTo } = ruleOf(record);
    if (lists === 'anything') return true;
    if (lists === 'case of a known person') return of === 'case';
    return of === lists && (of !== 'case' || shownTo.includes('protection') === query.includes('victim'));
  });
  const isListed = (record: MatrixRecord): boolean =>
    lists === 'case of a known person'
      ? isShown(account, ruleOf(record)) && ruleOf(record).gone !== true
      : sees(account, ruleOf(record));
  // Of an event the feed names the record, and may name others in its data.
  const stands = ({ id }: MatrixRecord): boolean => body.includes(lists === 'anything' ? `"subject":"${id}"` : id);
  return listable
    .filter((record) => stands(record) !== isListed(record))
    .map((record) => `${isListed(record) ? 'does not list' : 'lists'} the ${record.name}`);
};
