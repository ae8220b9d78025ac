import { decodeJwt } from 'jose';
import t from 'tap';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('a token is one line and nothing else, and opens the service of the same data', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  const args = [
    'token',
    '--role',
    'liaison',
    '--side',
    'VN',
    '--office',
    'VN-04-BLO',
    '--subject',
    'an-officer',
    '--hours',
    '2',
  ];
  const { code, stdout, stderr } = await cli(args, environment);
  t.equal(code, 0);
  t.match(stderr, /^Made a new signing key in .*: a service accepts it with the same DATA_DIR\.\n$/);
  t.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  const { iat = 0, exp = 0, ...claims } = decodeJwt(stdout.trim());
  t.match(claims, { role: 'liaison', side: 'VN', office: 'VN-04-BLO', sub: 'an-officer' });
  t.equal(exp - iat, 2 * 3600);

  const service = await serving(t, environment);
  t.equal((await clientOf(() => service.address, stdout.trim()).get('/v1/cases')).status, 200);
  const auditor = (await cli(['token', '--role', 'auditor'], environment)).stdout.trim();
  t.match(
    decodeJwt(auditor),
    { role: 'auditor', side: 'CN', office: 'CN-MPS', sub: 'auditor-1' },
    'of the own ministry',
  );
  t.equal(
    (await clientOf(() => service.address, auditor).get('/v1/cases')).status,
    200,
    'made beside the running service',
  );
  const strange = (await cli(['token', '--role', 'auditor'], { DATA_DIR: testFolder(t) })).stdout.trim();
  t.equal((await clientOf(() => service.address, strange).get('/v1/cases')).status, 401, 'of another ledger');
  t.equal(await service.stop(), 0);
});
