import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { bodyOf, fugitive } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { howMany } from '../support/how-many.ts';
import { clientOf } from '../support/http-client.ts';
import { testFolder } from '../support/test-folder.ts';

const KILLS = howMany({ short: 2, long: 20 });

t.setTimeout(600_000);

t.test('who has read is on record, whatever ends the service', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  const tokenOf = async (role: string) => (await cli(['token', '--role', role], environment)).stdout.trim();
  let service = await serving(t, environment);
  const officer = clientOf(() => service.address, await tokenOf('recorder'));
  const auditor = clientOf(() => service.address, await tokenOf('auditor'));
  const opened = await officer.post('/v1/cases', fugitive);
  t.equal((await officer.post(opened.body.links.events, bodyOf({ type: 'located' }))).status, 201);
  const position = String(opened.headers.get('event-position'));
  /** The requests of all records of the case, page by page. */
  const requestsOnRecord = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let url: string | undefined = `/v1/access-records?case=${opened.body.id}&limit=500`; url !== undefined; ) {
      const { status, headers, body } = await auditor.get(url);
      if (status !== 200) return [];
      found.push(...body.records.map(({ requestId }: { requestId: string }) => requestId));
      url = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    return found;
  };
  const waitFor = async (requestIds: ReadonlySet<string>): Promise<void> => {
    for (;;) {
      const found = new Set(await requestsOnRecord());
      if ([...requestIds].every((id) => found.has(id))) return;
      await wait(100);
    }
  };

  t.test('by kill -9 right after an answer, however often', async (t) => {
    const answered = new Set<string>();
    for (let times = 0; times < KILLS; times++) {
      let killed = false;
      const read = async (reader: number): Promise<void> => {
        for (let number = 0; !killed; number++) {
          const requestId = `read-${times}-${reader}-${number}`;
          try {
            const headers = { 'x-request-id': requestId, 'min-event-position': position };
            const { status, body } = await officer.get(`${opened.body.links.self}?include=person`, headers);
            if (status === 200 && body.who !== null) answered.add(requestId);
          } catch (error) {
            if (!killed) throw error;
          }
        }
      };
      const target = answered.size + 20;
      const readers = [0, 1, 2, 3].map(read);
      while (answered.size < target) await wait(5);
      killed = true;
      await service.kill();
      await Promise.all(readers);
      service = await serving(t, environment);
    }
    await waitFor(answered);
    const found = await requestsOnRecord();
    t.ok(answered.size >= 20 * KILLS);
    t.equal(new Set(found).size, found.length, 'each once');
  });

  t.test('and who has exported everything, beside a service or without one', async (t) => {
    const out = join(environment.DATA_DIR, 'export.ndjson');
    t.equal((await cli(['export', '--out', out], environment)).code, 0);
    t.match(readFileSync(out, 'utf8'), /N\. V\. A\./);
    t.equal(statSync(out).mode & 0o777, 0o600);
    const again = await cli(['export', '--out', out], environment);
    t.equal(again.code, 1);
    t.match(again.stderr, /export\.ndjson is there already: nothing is overwritten/);
    const nowhere = await cli(['export', '--out', join(out, 'x')], environment);
    t.equal(nowhere.code, 1);
    t.match(nowhere.stderr, /cannot be written/);
    t.notMatch(nowhere.stderr, /^ +at /m, 'no stack');
    await service.stop();
    t.equal((await cli(['export', '--out', `${out}.2`], environment)).code, 0);
    service = await serving(t, environment);
    for (;;) {
      const { status, body } = await auditor.get('/v1/access-records?part=everything');
      if (status === 200 && body.records.length >= 2) {
        const by = { subject: userInfo().username, side: 'CN', role: 'command-line' };
        const record = { by, part: 'everything', outcome: 'shown', operation: 'export', records: [] };
        t.match(body.records, [record, record]);
        break;
      }
      await wait(100);
    }
    const ofCase = await auditor.get(`/v1/access-records?case=${opened.body.id}&part=everything`);
    t.equal(ofCase.body.records.length, 2, 'which shows each case');
    t.match(await (await fetch(`${service.address}/metrics`)).text(), /handover_ledger_access_unshipped_records 0/);
  });
});
