import t from 'tap';
import { REGISTERS } from '../../../../domain/stream-kinds.ts';
import { namesOf } from '../../../../src/routes/v1/registers/representation.ts';
import { recordedReads } from '../../../support/access.ts';
import { IN_ADDRESSES } from '../../../support/addresses.ts';
import { type Answer, FOR_CASE_WORK, type Headers, startApp, type TestApp } from '../../../support/app.ts';
import { bodyOf } from '../../../support/case-bodies.ts';
import { bodiesThatOpen, isByMinistries, isPublic } from '../../../support/opened-records.ts';
import { ordinaryWays, wayTo } from '../../../support/ordinary-ways.ts';
import { standsAs } from '../../../support/reconciliations.ts';

/** Stands in whatever is sealed, and nowhere else. */
const SECRET = 'Kept Secret';

const person = { names: [{ text: SECRET, script: 'Latn', role: 'native' }] };
const statedBy = { office: 'VN-MPS', document: SECRET };

const accepted = (answer: Answer): Answer => {
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer;
};

/** A record of every kind, in each of which something is sealed; gives the id for each path that has one in it. */
const filled = async (started: TestApp, officer: Headers, protection: Headers) => {
  const { post, views, as } = started;
  const ministry = await as('recorder');
  const open = async (kind: keyof typeof ordinaryWays, account: Headers) => {
    const [opening] = ordinaryWays[kind];
    const particulars = { ...opening.particulars, person };
    return accepted(await post('/v1/cases', bodyOf({ ...opening, particulars }), account)).json();
  };
  const wanted = await open('fugitive', officer);
  const suspect = await open('suspect', officer);
  const victim = await open('trafficking-victim', protection);
  const returning = await open('irregular-entry', officer);
  for (const step of wayTo('irregular-entry', 'return-ordered').slice(1)) {
    accepted(await post(returning.links.events, bodyOf(step), officer));
  }
  const expunged = await open('fugitive', officer);
  const bodies = bodiesThatOpen(SECRET, { returning: returning.id, expunged: expunged.id });
  const ids = new Map<string, readonly string[]>([['/v1/cases', [wanted.id, suspect.id, victim.id]]]);
  for (const kind of REGISTERS) {
    const opened = bodies[kind.category];
    if (opened === undefined) throw new Error(`how a ${kind.category} is opened is not known here`);
    const { path } = namesOf(kind);
    const word = isPublic(kind) && { statedBy };
    const body = { occurredAt: '2024-02-01', ...word, ...opened };
    const answer = accepted(await post(`/v1${path}`, body, isByMinistries(kind) ? ministry : officer));
    ids.set(`/v1${path}`, [answer.json().id]);
    if (kind.category === 'reconciliation') {
      const { self } = answer.json().links;
      const lines = [{ names: [SECRET], date: '2025-03-02', pass: 'youyi-guan' }];
      accepted(await post(`${self}/lines?occurredAt=2026-01-05`, { lines }, ministry));
      await standsAs(started, self, ministry, 'compared');
    }
  }
  await views.upToDate();
  return ids;
};

/** What routes must be asked with. */
const ASKED_WITH: Readonly<Record<string, string>> = {
  listEventsBehindFigure: 'kind=fugitive',
  proveYearlyFigure: 'kind=fugitive',
  proveRow: 'from=2024-01-01&to=2024-12-31',
  reportPeriod: 'from=2024-01-01&to=2024-12-31',
  listEventsBehindRow: 'from=2024-01-01&to=2024-12-31',
};

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: { readonly enum?: string[] };
  }[];
}

/** Every request that may show something sealed: each route that writes nothing, with each value of `include`. */
const requestsOf = async ({ app, get }: TestApp, ids: ReadonlyMap<string, readonly string[]>) => {
  const { paths } = (await get('/openapi.json')).json();
  return app.knownRoutes
    .filter(({ segments }) => segments[1] === 'v1')
    .flatMap(({ methods, segments, config }) => {
      const path = segments.join('/');
      const method = methods.find((each) => each === 'GET' || each === 'POST');
      if (method === undefined || (method === 'POST' && (config as { writes?: false }).writes !== false)) return [];
      const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')][method.toLowerCase()] as Operation;
      const included = operation.parameters?.find(({ name, in: place }) => name === 'include' && place === 'query');
      const { operationId } = operation;
      const asked = [ASKED_WITH[operationId] ?? ''];
      const queries = [asked, ...(included?.schema.enum ?? []).map((each) => [...asked, `include=${each}`])];
      const addresses = /:(caseId|id)\b/.test(path)
        ? (ids.get(path.slice(0, path.indexOf('/:'))) ?? []).map((id) => path.replace(/:(caseId|id)\b/, id))
        : [path];
      return addresses.flatMap((address) =>
        queries.map((query) => ({
          method,
          url: `${address.replaceAll(/:\w+/g, (name) => IN_ADDRESSES[name] ?? name)}?${query.filter(Boolean).join('&')}`,
          operationId,
          shows: (config as { shows?: string }).shows,
        })),
      );
    });
};

t.test('no route shows what is sealed without that being on record, whoever asks', async (t) => {
  const started = await startApp(t);
  const { app, as } = started;
  const officer = await as('recorder', 'CN', 'CN-GX-BLO');
  const protection = await as('protection', 'CN', 'CN-GX-BLO');
  const requests = await requestsOf(started, await filled(started, officer, protection));
  t.ok(requests.length > 80);

  const shown = new Map<string, { readonly operationId: string; readonly url: string }>();
  for (const { method, url, operationId, shows } of requests) {
    for (const account of [officer, protection, { ...(await as('liaison')), ...FOR_CASE_WORK }, await as('auditor')]) {
      const answer = await app.inject({
        method,
        url,
        headers: { accept: '*/*', 'content-type': 'application/json', ...account },
        ...(method === 'POST' && { payload: { name: SECRET.split(' ')[0] } }),
      });
      t.not(answer.statusCode, 400, `${method} ${url} is asked as it should be: ${answer.body.slice(0, 200)}`);
      if (!answer.body.includes(SECRET)) continue;
      t.ok(shows, `${operationId} says that it shows what is sealed`);
      shown.set(String(answer.headers['x-request-id']), { operationId, url });
    }
  }

  const onRecord = new Map((await recordedReads(started)).map((record) => [record.requestId, record]));
  for (const [requestId, { operationId, url }] of shown) {
    t.match(onRecord.get(requestId), { outcome: 'shown', operation: operationId }, `${url} is on record`);
    const id = /[0-9a-f-]{36}/.exec(url)?.[0];
    if (id !== undefined)
      t.ok(
        onRecord.get(requestId)?.records.some((each) => each.id === id),
        `${url} by its record`,
      );
  }
  // Each route that says that it shows something does so here, or the test would tell nothing of it: all but that of links, which names
  // nobody, those of erasures, whose orders lose what they name with the person, that of a reconciliation, whose lines have a route of
  // their own, and those of public records, of which nothing is sealed but the documents of their events.
  const others = [
    'listPersonLinks',
    'getErasure',
    'listErasureEvents',
    'getReconciliation',
    ...REGISTERS.filter(isPublic).map((kind) => `get${namesOf(kind).one}`),
  ];
  const showing = requests.filter(({ shows }) => shows !== undefined).map(({ operationId }) => operationId);
  t.same(
    [...new Set([...shown.values()].map(({ operationId }) => operationId))].sort(),
    [...new Set(showing)].filter((each) => !others.includes(each)).sort(),
  );
  t.notMatch(JSON.stringify([...onRecord.values()]), /Kept|Secret/, 'and what was shown, or searched for, is not');
});
