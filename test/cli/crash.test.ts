import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import { bodyOf, fugitive } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';

t.test('a service that is killed', async (t) => {
  const serve = () => serving(t, environment);
  const environment = { DATA_DIR: t.testdir() };
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  let service = await serve();
  const { get, post } = clientOf(() => service.address, token);

  t.test('loses nothing that it acknowledged, however often', async (t) => {
    const acknowledged = new Map<string, number>();
    const unknown: { readonly key: string; readonly body: object }[] = [];
    for (let times = 0; times < 3; times++) {
      let killed = false;
      const write = async (writer: number): Promise<void> => {
        for (let number = 0; !killed; number++) {
          const key = `${times}-${writer}-${number}`;
          const body = { ...fugitive, incident: key };
          try {
            const opened = await post('/v1/cases', body, { 'idempotency-key': key });
            if (opened.status !== 201) throw new Error(JSON.stringify(opened.body));
            acknowledged.set(opened.body.id, 0);
            const located = await post(opened.body.links.events, bodyOf({ type: 'located' }));
            if (located.status === 201) acknowledged.set(opened.body.id, located.body.revision);
          } catch (error) {
            if (!killed) throw error;
            unknown.push({ key, body });
          }
        }
      };
      const target = acknowledged.size + 20;
      const writers = [0, 1, 2, 3].map(write);
      while (acknowledged.size < target) await wait(5);
      killed = true;
      await service.kill();
      await Promise.all(writers);
      service = await serve();
    }
    t.ok(acknowledged.size >= 60);
    t.ok(unknown.length > 0, 'some were cut off');
    // The first write after the start: whoever sends it reads all that came before it, too.
    const answers = [];
    for (const { key, body } of unknown) answers.push(await post('/v1/cases', body, { 'idempotency-key': key }));
    t.ok(
      answers.every(({ status }) => status === 201),
      'what was cut off can be sent again',
    );
    const position = String((await post('/v1/cases', fugitive)).headers.get('event-position'));
    for (const [id, revision] of acknowledged) {
      const { status, body } = await get(`/v1/cases/${id}`, { 'min-event-position': position });
      t.equal(status, 200);
      t.ok(body.revision >= revision, `${id} is at ${body.revision}, acknowledged ${revision}`);
    }
    const incidents = new Map<string, number>();
    const feed = (await get('/v1/events?type=reported')).body as string;
    for (const line of feed.split('\n').slice(0, -1)) {
      const { incident = 'none' } = JSON.parse(line).data.case;
      incidents.set(incident, (incidents.get(incident) ?? 0) + 1);
    }
    for (const { key } of unknown) t.equal(incidents.get(key), 1, `${key} was opened once`);
  });

  t.test('and one that runs keeps others off its data', async (t) => {
    for (const what of ['main', 'demo'] as const) {
      await t.rejects(serving(t, environment, what), /process \d+ .*writes the event log .*stop it first/s, what);
    }
    const imported = await cli(['import', '-'], environment, '');
    t.equal(imported.code, 1);
    t.match(imported.stderr, /^process \d+ .*writes the event log/);
    t.equal((await get('/v1/cases')).status, 200, 'which goes on');
    const other = await serving(t, { ...environment, LEDGER_NAME: 'another' });
    t.match(
      (await clientOf(() => other.address, token).get('/v1/cases')).body,
      { cases: [] },
      'another ledger may lie beside it',
    );
    t.equal(await other.stop(), 0);
    t.equal(await service.stop(), 0);
  });
});
