import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { bodyOf } from '../support/case-bodies.ts';
import { cli, serving } from '../support/cli.ts';
import { eventually } from '../support/eventually.ts';
import { clientOf } from '../support/http-client.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { testFolder } from '../support/test-folder.ts';

t.test('proofs are made on the command line, and checked there', async (t) => {
  const directory = testFolder(t, { data: {} });
  const environment = { DATA_DIR: join(directory, 'data') };
  const service = await serving(t, environment);
  const token = (await cli(['token', '--role', 'recorder'], environment)).stdout.trim();
  const { post, get } = clientOf(() => service.address, token);
  const checkpointAfter = async (leaves: number): Promise<string> => {
    const opened = await post('/v1/cases', bodyOf(wayTo('fugitive', 'reported')[0]));
    t.equal(opened.status, 201);
    let checkpoint = '';
    await eventually(async () => {
      checkpoint = await (await fetch(`${service.address}/tlog/checkpoint`)).text();
      return checkpoint.includes(`\n${leaves}\n`);
    });
    const { events } = (await get(`/v1/cases/${opened.body.id}/events`)).body;
    const file = join(directory, `checkpoint-${leaves}`);
    writeFileSync(file, checkpoint);
    return leaves === 1 ? file : events[0].id;
  };
  const earlier = await checkpointAfter(1);
  const event = await checkpointAfter(2);
  const key = join(directory, 'log.key');
  writeFileSync(key, await (await fetch(`${service.address}/tlog/key`)).text());

  const proofIn = async (name: string, args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cli(['proof', ...args], environment);
    t.equal(code, 0, stderr);
    const file = join(directory, name);
    writeFileSync(file, stdout);
    return file;
  };
  const ofEvent = await proofIn('event.json', ['--event', event]);
  const checked = await cli(['verify', ofEvent, '--key', key]);
  t.equal(checked.code, 0, checked.stdout);
  t.match(
    checked.stdout,
    new RegExp(`event ${event} \\(reported\\), revision 0 of case-\\S+: leaf 1\nEverything agrees`),
  );

  const grown = await proofIn('grown.json', ['--from', '1']);
  const seen = ['--seen', earlier, '--seen', join(directory, 'checkpoint-2')];
  const held = await cli(['verify', grown, '--key', key, ...seen]);
  t.equal(held.code, 0, held.stdout);
  t.match(held.stdout, 'the log of 2 leaves begins with that of 1');
  t.equal((await cli(['verify', grown, '--key', key])).code, 1, 'not without the checkpoints');

  for (const [args, code, said] of [
    [[], 2, /give either --event or --from/],
    [['--event', event, '--from', '1'], 2, /give either --event or --from/],
    [['--from', 'one'], 2, /--from is to be the size of a tree/],
    [['--from', '1', '--to', '9'], 2, /--to is to be a size that is signed, at most 2/],
    [['--event', '10000000-0000-4000-8000-000000000000'], 1, /there is no event/],
  ] as const) {
    const wrong = await cli(['proof', ...args], environment);
    t.equal(wrong.code, code, args.join(' '));
    t.match(wrong.stderr, said);
  }
});
