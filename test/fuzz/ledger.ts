import type { Test } from 'tap';
import { ROLES, type Role } from '../../domain/kernel/roles.ts';
import { OFFICES } from '../support/access-table.ts';
import { FOR_CASE_WORK, type Headers, startApp, type TestApp } from '../support/app.ts';
import { bodyOf } from '../support/case-bodies.ts';
import type { Opening } from '../support/case-scenario.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { eventually } from '../support/eventually.ts';
import { matrixRecords } from '../support/matrix-records.ts';
import { bodiesThatOpen } from '../support/opened-records.ts';
import { ordinaryWays, wayTo } from '../support/ordinary-ways.ts';
import { newSigner } from '../support/signers.ts';
import type { Operation } from './document.ts';

/** Values that were seen, the latest of them; there is always one. */
export interface Pool {
  add(value: string): void;
  readonly values: () => readonly string[];
}

const MOST_KEPT = 400;

export const poolOf = (...first: readonly string[]): Pool => {
  const values = [...first];
  let next = 0;
  return {
    add: (value) => {
      if (values.length < MOST_KEPT) values.push(value);
      else values[next++ % MOST_KEPT] = value;
    },
    values: () => values,
  };
};

/** A ledger in which there is something of everything, and what may be asked of it. */
export interface FilledLedger extends TestApp {
  readonly accounts: Readonly<Record<Role, readonly Headers[]>>;
  /** Ids of records by the path under which they are found, such as `/v1/cases`; those that answers tell are added. */
  readonly records: ReadonlyMap<string, Pool>;
  /** Ids of anything. */
  readonly ids: Pool;
  /** Good bodies by operation. */
  readonly bodies: ReadonlyMap<string, readonly object[]>;
}

const pathOfRecords = (url: string): string => /^(.*?)\/[:{]/.exec(url)?.[1] ?? url;

export const fillLedger = async (t: Test): Promise<FilledLedger> => {
  const unlimited = { max: 1e9, windowMs: 60_000 };
  const started = await startApp(t, {
    signed: { checkpointEveryMs: 200 },
    rateLimit: unlimited,
    wrongTokens: unlimited,
    witnessing: { logs: [], signer: newSigner('test.invalid/witness') },
  });
  const { as, get, access, accessTransparency, views } = started;
  const recorder = await as('recorder');
  const protection = await as('protection');
  await matrixRecords(started);
  for (const [kind, way] of Object.entries(ordinaryWays)) {
    await sendCase(
      started,
      way,
      kind === 'trafficking-victim' || kind === 'unlawful-detention' ? protection : recorder,
    );
  }
  const { id: returning } = await sendCase(started, wayTo('irregular-entry', 'return-ordered'), recorder);
  await views.upToDate();

  const records = new Map<string, Pool>();
  const ids = poolOf();
  const auditor = await as('auditor');
  const { paths } = (await get('/openapi.json')).json();
  const lists = Object.keys(paths).filter((path) => paths[path].get !== undefined && !path.includes('{'));
  for (const list of lists) {
    const path = list === '/v1/handovers/minutes' ? '/v1/handovers' : list;
    const isOfRecords = paths[`${path}/{id}`] !== undefined || path === '/v1/cases';
    if (!isOfRecords) continue;
    const queries = path === '/v1/cases' ? ['', '&kind=trafficking-victim,unlawful-detention'] : [''];
    for (const query of queries) {
      const found = Object.values((await get(`${list}?limit=100${query}`, auditor)).json()).flat() as { id: string }[];
      const pool = records.get(path) ?? poolOf();
      for (const { id } of found) pool.add(id);
      for (const { id } of found) ids.add(id);
      records.set(path, pool);
    }
  }
  for (const id of records.get('/v1/cases')?.values() ?? []) {
    await get(`/v1/cases/${id}?include=person`, { ...recorder, ...FOR_CASE_WORK });
    const { events } = (await get(`/v1/cases/${id}/events`, auditor)).json();
    for (const event of events) ids.add(event.id);
  }
  await eventually(() => access.status().records === 0 && accessTransparency.tree.latestCheckpoint() !== undefined);
  await views.upToDate();
  const { records: reads } = (await get('/v1/access-records', auditor)).json();
  records.set('/v1/access-records', poolOf(...reads.map(({ id }: { id: string }) => id)));
  records.set('/v1/replays', poolOf('00000000-0000-4000-8000-000000000000'));

  const accounts = Object.fromEntries(
    await Promise.all(
      ROLES.map(async (role) => [
        role,
        await Promise.all(OFFICES.map((office) => as(role, office.slice(0, 2) as 'CN', office))),
      ]),
    ),
  );
  return { ...started, accounts, records, ids, bodies: bodiesFor(records, returning) };
};

const NUMBERS = Array.from({ length: 40 }, (_, index) => index);

/** By what a body has to differ from another, where that opens no second record. */
const VARIED: Readonly<Record<string, (number: number) => object>> = {
  handover: (number) => ({ number: `${number + 100}/2024/BB-BG` }),
  office: (number) => ({ code: `VN-04-S${number}` }),
  reconciliation: (number) => ({ number: `${number + 100}/2025`, listed: 40 }),
};

/** Good bodies, as far as they name no record that has to be in one state. */
const bodiesFor = (records: ReadonlyMap<string, Pool>, returning: string): ReadonlyMap<string, readonly object[]> => {
  const bodies = new Map<string, readonly object[]>();
  const [expunged = ''] = records.get('/v1/cases')?.values() ?? [];
  for (const [category, body] of Object.entries(bodiesThatOpen('Note 1', { returning, expunged }))) {
    bodies.set(
      category,
      NUMBERS.map((number) => ({ occurredAt: '2024-02-01', ...body, ...VARIED[category]?.(number) })),
    );
  }
  const ways = Object.values(ordinaryWays);
  bodies.set(
    'openCase',
    ways.map(([opening]) => bodyOf(opening)),
  );
  bodies.set('recordEvent', [
    ...ways.flatMap(([, ...steps]) => steps.map((step) => bodyOf(step as Opening))),
    ...NUMBERS.map(() => ({ type: 'shared-with', occurredAt: '2026-03-01', data: { offices: ['CN-GX-PSD'] } })),
  ]);
  bodies.set('searchCases', [{ name: 'Ngoc' }, { name: 'N. V. A.' }]);
  bodies.set('startReplay', [{ view: 'cases' }]);
  bodies.set('listReconciliationLines', [{ lines: [{ names: ['N. V. A.'], date: '2025-03-02' }] }]);
  bodies.set('noted', [{ type: 'noted', occurredAt: '2026-03-01' }]);
  return bodies;
};

/** Where the records are that an operation names in its address. */
export const recordsOf = ({ records, ids }: FilledLedger, { path }: Operation): Pool =>
  records.get(pathOfRecords(path)) ?? ids;
