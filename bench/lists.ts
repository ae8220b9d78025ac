/**
 * Every list and report over a log of 1,000,000 events, its first page over one connection, against a fastify route that does nothing: one
 * request of each in turn. `again` asks for the same as before, while no view has gone on; `first` is the first answer of all.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedger } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { tokensOf } from './support/accounts.ts';
import { median, printTable } from './support/figures.ts';
import { fillLog } from './support/fill.ts';
import { startServer } from './support/server.ts';
import { startService } from './support/service.ts';
import { rareRecords, variedRecords } from './support/varied.ts';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000);
const ROUNDS = 101;
const ASKED_FOR = 50;

const directory = mkdtempSync(join(tmpdir(), 'bench-lists-'));
const ledger = await openLedger(loadConfig({ DATA_DIR: directory }), () => new Date());
const rare = rareRecords();
const ofRare = rare.reduce((events, { steps }) => events + steps.length, 0);
await fillLog(ledger.log, ledger.vault, ofRare, rare);
await fillLog(ledger.log, ledger.vault, EVENTS - ofRare, variedRecords());
await ledger.close();

const [ministry, office, auditor] = await tokensOf(directory, [
  { role: 'recorder', office: 'CN-MPS' },
  { role: 'recorder', office: 'CN-YN-BLO' },
  { role: 'auditor', office: 'CN-MPS' },
]);

const service = await startService(directory);
const empty = await startServer('servers/empty.ts');

interface Asked {
  readonly path: string;
  readonly body?: object;
}

const ask = async (address: string, { path, body }: Asked, token: string | undefined): Promise<number> => {
  const begun = performance.now();
  const answer = await fetch(`${address}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const took = performance.now() - begun;
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return took;
};

const first = async <Item>(path: string, of: string): Promise<Item> => {
  const answer = await fetch(`${service.address}${path}`, { headers: { authorization: `Bearer ${auditor}` } });
  return ((await answer.json()) as Record<string, readonly Item[]>)[of]?.[0] as Item;
};

const CONFERENCE = 'from=2018-05-01&to=2019-04-30';
const PROVINCES = 'provinces=VN-09,VN-13,VN-04,VN-03,CN-GX';

try {
  const { id: caseId } = await first<{ id: string }>('/v1/cases?kind=suspect&status=closed&limit=1', 'cases');
  const { id: held } = await first<{ id: string }>('/v1/cases?kind=fugitive&limit=1', 'cases');
  const { id: minutes } = await first<{ id: string }>('/v1/handovers/minutes?limit=1', 'minutes');

  const routes: readonly Asked[] = [
    { path: '/v1/cases' },
    { path: '/v1/cases?kind=suspect&status=closed&pass=hekou' },
    { path: '/v1/cases?handedOverFrom=2018-05-01&handedOverTo=2019-04-30' },
    { path: '/v1/cases?pass=aidian' },
    { path: '/v1/cases?openedFrom=2016-03-01&openedTo=2016-03-01' },
    { path: '/v1/cases/search', body: { name: '黄某' } },
    { path: '/v1/cases/search', body: { name: 'nguyen a' } },
    { path: `/v1/cases/${caseId}/events` },
    { path: `/v1/cases/${caseId}/next` },
    { path: `/v1/cases/${held}/candidates` },
    { path: `/v1/cases/${held}/person-links` },
    { path: `/v1/cases/${held}/deadlines` },
    { path: '/v1/handovers' },
    { path: '/v1/handovers?agreement=one-sided&direction=VN-CN' },
    { path: '/v1/handovers?pass=aidian' },
    { path: '/v1/handovers?from=2014-03-01&to=2014-03-31' },
    { path: '/v1/handovers/yearly' },
    { path: '/v1/handovers/yearly/2018/VN-CN/events?kind=suspect' },
    { path: '/v1/handovers/minutes' },
    { path: `/v1/handovers/${minutes}/lines` },
    { path: '/v1/deadlines' },
    { path: '/v1/deadlines?overdue=true' },
    { path: '/v1/requests' },
    { path: '/v1/requests?status=replied&kind=information' },
    { path: '/v1/operations' },
    { path: '/v1/visits?status=held' },
    { path: '/v1/statements?figure=fugitive.handed-over.VN-CN' },
    { path: '/v1/offices' },
    { path: '/v1/agreements' },
    { path: `/v1/reports/period?${CONFERENCE}` },
    { path: `/v1/reports/period?${CONFERENCE}&${PROVINCES}&judgedBy=pass` },
    { path: `/v1/reports/period?${CONFERENCE}&${PROVINCES}&judgedBy=delivering` },
    { path: '/v1/reports/period?from=2014-01-01&to=2025-12-31' },
    { path: `/v1/reports/period/suspect.handed-over.VN-CN/events?${CONFERENCE}` },
    { path: `/v1/reports/period/cooperation.visits/events?${CONFERENCE}` },
  ];
  const viewers = { ministry, office, auditor };
  const rows: string[][] = [];
  for (const asked of routes) {
    for (const [viewer, token] of Object.entries(viewers)) {
      if (asked.path === '/v1/cases/search' && viewer === 'auditor') continue;
      if (/cases\/.+\//.test(asked.path) && viewer === 'office') continue;
      if (/handovers\/.+-.+\/lines/.test(asked.path) && viewer === 'office') continue;
      if (/candidates|person-links/.test(asked.path) && viewer !== 'ministry') continue;
      const cold = await ask(service.address, asked, token);
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        theirs.push(await ask(empty.address, { path: '/empty' }, token));
        ours.push(await ask(service.address, asked, token));
      }
      const ratio = median(ours) / median(theirs);
      rows.push([
        `${asked.path.replace(/[0-9a-f-]{36}/, '{id}')}${asked.body === undefined ? '' : ` ${JSON.stringify(asked.body)}`}`,
        viewer,
        cold.toFixed(1),
        median(ours).toFixed(2),
        ratio.toFixed(1),
        ratio < ASKED_FOR ? '' : 'slow',
      ]);
    }
  }
  printTable(
    `First pages over ${EVENTS} events, one connection`,
    ['route', 'viewer', 'first ms', 'again ms', 'times the empty GET', ''],
    rows,
  );
} finally {
  await service.stop();
  await empty.stop();
  rmSync(directory, { recursive: true });
}
