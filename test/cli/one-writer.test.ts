import t from 'tap';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('a service that runs keeps others off its data', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  const service = await serving(t, environment);
  const { get } = clientOf(() => service.address, token);
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
