import { join } from 'node:path';
import t from 'tap';
import { cli, serving } from '../support/cli.ts';
import { testFolder } from '../support/test-folder.ts';

/** Each with something that its help says. */
const COMMANDS = {
  demo: /serve the demonstration ledger/,
  token: /--role <value> +one of: recorder/,
  import: /import FILE/,
  export: /--out <value>/,
  rebuild: /--ahead +\w/,
  replay: /--to <value> +\w/,
};

t.test('the program says what it can do', async (t) => {
  const { code, stdout, stderr } = await cli(['--help']);
  t.equal(code, 0);
  t.equal(stderr, '');
  for (const command of Object.keys(COMMANDS)) t.match(stdout, new RegExp(`^  ${command} +\\w`, 'm'));
});

t.test('each command says what it takes, and does nothing', async (t) => {
  const directory = testFolder(t);
  for (const [command, said] of Object.entries(COMMANDS)) {
    const { code, stdout, stderr } = await cli([command, '--help'], { DATA_DIR: join(directory, 'none') });
    t.equal(code, 0, command);
    t.equal(stderr, '');
    t.match(stdout, new RegExp(`^Usage: .* ${command} .*\\[options\\]`));
    t.match(stdout, /--help +print this/);
    t.match(stdout, said);
  }
});

t.test('a call that is wrong is told apart from work that failed', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  for (const [args, said] of [
    [[], /Usage/],
    [['fly'], /no command fly/],
    [['token', '--role', 'king'], /--role is to be one of/],
    [['token', '--role', 'auditor', '--subject', ''], /--subject is to name an account/],
    [['token', '--role', 'auditor', '--hours', '100000'], /--hours is to be a number above 0, at most/],
    [['token', '--role', 'auditor', '--side', 'FR'], /--side is to be one of: CN, VN/],
    [['token', '--role', 'auditor', '--side', 'CN', '--office', 'VN-MPS'], /--office is to be an office of CN/],
    [['token', '--role', 'auditor', '--hours', '0'], /--hours/],
    [['token', '--rôle', 'auditor'], /Run token --help/],
    [['import'], /give one file/],
    [['import', 'there-is-none.ndjson'], /there-is-none\.ndjson cannot be read/],
    [['rebuild', 'cases'], /Run rebuild --help/],
    [['replay', '--view', 'persons'], /--view is to be one of: cases, history, access, all/],
    [['replay', '--case', 'x'], /--case is to be the id of a case: a UUID/],
    [['replay', '--case', 'x', '--view', 'cases'], /give either --view or --case/],
    [['replay', '--to', 'soon'], /--to: expected an instant with its offset, a date, or an Event-Position/],
    [['replay', '--to', '2199-01-01'], /--to: is in the future/],
    [['replay', '--to', '2020-01-01', '--zone', 'UTC'], /--zone: expected the zone/],
    [['verify', '--seen', 'checkpoint'], /--key, --witness and --seen are for a bundle or a figure/],
    [['verify', 'there-is-none'], /there-is-none is not there/],
  ] as const) {
    const { code, stdout, stderr } = await cli(args, environment);
    t.equal(code, 2, args.join(' '));
    t.match(stdout + stderr, said, args.join(' '));
    t.notMatch(stderr, /^ +at /m, 'no stack');
  }
  for (const [args, said] of [
    [['export'], /there is no event log at/],
    [['rebuild'], /there is no event log/],
    [['replay'], /there is no event log at/],
  ] as const) {
    const { code, stdout, stderr } = await cli(args, environment);
    t.equal(code, 1, args.join(' '));
    t.equal(stdout, '');
    t.match(stderr, said);
    t.notMatch(stderr, /^ +at /m, 'no stack');
  }
});

t.test('wrong variables stop the start, each by its name', async (t) => {
  const DATA_DIR = testFolder(t, { file: '' });
  for (const [environment, said] of [
    [{ DATA_DIR: join(DATA_DIR, 'file', 'data') }, /DATA_DIR: .*data is to be a directory that can be written/],
    [{ PORT: 'http' }, /PORT: expected a whole number/],
    [{ HOST: '0.0.0.0' }, /HOST: without AUTH_ISSUERS .* loopback only/],
    [{ EVENT_STORE: 'postgres://x:secret@y' }, /EVENT_STORE: expected 'sqlite'/],
    [{ DATADIR: 'x' }, /DATADIR: there is no such variable; is DATA_DIR meant/],
    [{ KEY_ENCRYPTION_KEY_FILE: join(DATA_DIR, 'none.json') }, /none\.json/],
  ] as const) {
    const name = Object.keys(environment)[0];
    const all = { DATA_DIR, ...environment };
    await t.rejects(serving(t, all), said, `the service with ${name}`);
    const { code, stderr } = await cli(['demo'], all);
    t.ok(code === 1 || code === 2, `${name}: ${code}`);
    t.match(stderr, said);
    t.notMatch(stderr, /secret|^ +at /m);
  }
});
