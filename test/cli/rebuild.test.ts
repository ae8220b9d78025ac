import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { READ_MODELS } from '../../projections/read-models.ts';
import { bodyOf } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { clientOf } from '../support/http-client.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('views are built from the log', async (t) => {
  const environment = { DATA_DIR: testFolder(t) };
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  let service = await serving(t, environment);
  const { get, post } = clientOf(() => service.address, token);
  const [opening, ...steps] = ordinaryWays.fugitive;
  let answer = await post('/v1/cases', bodyOf(opening));
  const { links } = answer.body;
  for (const step of steps) answer = await post(links.events, bodyOf(step));
  const seen = { 'min-event-position': String(answer.headers.get('event-position')) };
  const shown = async () => {
    const answers = [];
    for (const path of [
      `${links.self}?include=person`,
      links.events,
      '/v1/cases',
      '/v1/handovers/yearly',
      '/v1/handovers/yearly/2024/VN-CN/events?kind=suspect',
    ]) {
      const { status, body } = await get(path, seen);
      t.equal(status, 200);
      answers.push(body);
    }
    return answers;
  };
  const before = await shown();
  const views = join(environment.DATA_DIR, 'read-models');
  const files = (): readonly string[] =>
    readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sqlite'));
  const ours = READ_MODELS.map(({ name, version }) => `${name}.v${version}.sqlite`).sort();
  const names = () =>
    files()
      .map((name) => name.split(/[\\/]/).at(-1))
      .sort();

  t.test('not under a service that runs', async (t) => {
    const { code, stdout, stderr } = await cli(['rebuild'], environment);
    t.equal(code, 1);
    t.equal(stdout, '');
    t.match(
      stderr,
      /^process \d+ .* serves these views: stop it first, or build those of a new release with --ahead\n$/,
    );
    t.same(await shown(), before, 'which goes on');
  });

  t.test('ahead beside a service that runs: only what is not there', async (t) => {
    const { code, stderr } = await cli(['rebuild', '--ahead'], environment);
    t.equal(code, 0);
    t.match(stderr, /Every view of this release is there already/);
    t.equal(await service.stop(), 0);
    for (const file of files()) if (file.includes('history.')) rmSync(join(views, file));
    const built = await cli(['rebuild', '--ahead'], environment);
    t.equal(built.code, 0, built.stderr);
    t.match(built.stderr, /Built history v\d+ in [\d.]+ s/);
    t.notMatch(built.stderr, /cases v/);
    t.same(names(), ours);
  });

  t.test('anew when it is stopped, and show the same as before', async (t) => {
    const left = join(views, readdirSync(views)[0] as string, 'rebuilding');
    mkdirSync(left);
    writeFileSync(join(left, ours[0] as string), 'as a build that was killed leaves it');
    for (let times = 0; times < 2; times++) {
      const { code, stderr } = await cli(['rebuild'], environment);
      t.equal(code, 0, stderr);
      t.match(stderr, /Built cases v\d+, history v\d+, access v\d+ in [\d.]+ s/);
      t.same(names(), ours, 'nothing else is left behind');
    }
    service = await serving(t, environment);
    t.same(await shown(), before);
    t.equal(await service.stop(), 0);
  });
});
