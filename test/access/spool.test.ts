import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import type { AccessRecord } from '../../domain/access/record.ts';
import { readSegment, recordsIn, segmentLine } from '../../src/access/segment.ts';
import { openSpool, type Spool, SpoolOverloaded, SpoolUnavailable } from '../../src/access/spool.ts';
import { testFolder } from '../support/test-folder.ts';

const recordOf = (id: string, at = '2026-03-01T08:00:00.000Z'): AccessRecord => ({
  id,
  at,
  by: { subject: 'officer-1', office: 'CN-GX-BLO', side: 'CN', role: 'recorder' },
  part: 'person',
  outcome: 'shown',
  records: [{ category: 'case', id: '10000000-0000-4000-8000-000000000001', revision: 3 }],
  operation: 'getCase',
  requestId: 'request-1',
});

/** The ids of the records that wait in a spool, file by file. */
const waitingIn = async (spool: Spool): Promise<readonly (readonly string[])[]> => {
  const segments = [];
  for (const name of await spool.release()) segments.push(await spool.read(name));
  return segments.map(({ groups }) =>
    groups.flatMap((group) => (JSON.parse(group) as readonly AccessRecord[]).map(({ id }) => id)),
  );
};

const groupsArbitrary = fc.array(fc.array(fc.record({ id: fc.string({ unit: 'grapheme' }) }), { minLength: 1 }));

t.test('a file of the spool gives back what was written, and wherever it is cut off, what was whole', async (t) => {
  fc.assert(
    fc.property(groupsArbitrary, fc.nat(), (groups, cut) => {
      const lines = groups.map((group) => segmentLine(group.map((record) => JSON.stringify(record))));
      const whole = lines.join('');
      const read = readSegment(whole);
      const records = (texts: readonly string[]) => texts.flatMap((text) => JSON.parse(text) as readonly object[]);
      t.same([records(read.groups), read.damaged], [groups.flat(), []]);
      t.equal(recordsIn(read), groups.flat().length);

      const bytes = Buffer.from(whole);
      const torn = readSegment(bytes.subarray(0, bytes.length === 0 ? 0 : cut % bytes.length).toString('utf8'));
      t.same(torn.damaged, []);
      t.same(torn.groups, read.groups.slice(0, torn.groups.length));
    }),
  );
});

t.test('a line that is not as it was written is named', async (t) => {
  const line = (id: string) => segmentLine([JSON.stringify({ id })]);
  const { groups, damaged } = readSegment(line('first') + line('second').replace('second', 'secret') + line('third'));
  t.same(damaged, [2]);
  t.same(groups, ['[{"id":"first"}]', '[{"id":"third"}]']);
  t.same(readSegment(line('first').replace('first', 'frist')).damaged, [1], 'also the last, if it was written whole');
});

t.test('what a spool has answered for is there after the end of its process, in order', async (t) => {
  const directory = testFolder(t);
  const spool = openSpool(directory);
  await Promise.all(['a', 'b', 'c'].map((id) => spool.write(recordOf(id))));
  await spool.write(recordOf('d', '2026-03-02T00:00:00.000Z'));
  // No close: the process is killed, in the middle of a line.
  const [last] = readdirSync(directory).sort().reverse();
  writeFileSync(join(directory, String(last)), 'a0b1c2d3 [{"id":"e', { flag: 'a' });

  const next = openSpool(directory);
  t.match(next.status(), { records: 4, since: '2026-03-01T08:00:00.000Z', failure: undefined });
  t.same(await waitingIn(next), [['a', 'b', 'c'], ['d']], 'the records of a day are in a file of their own');
  await next.write(recordOf('f', '2026-03-03T00:00:00.000Z'));
  t.same((await waitingIn(next)).at(-1), ['f']);
  for (const name of await next.release()) await next.forget(await next.read(name));
  t.match(next.status(), { records: 0, since: undefined });
  t.same(readdirSync(directory), []);
  await next.close();
  await t.rejects(next.write(recordOf('g')), SpoolUnavailable);
});

t.test('a damaged file is kept', async (t) => {
  const directory = testFolder(t);
  const spool = openSpool(directory);
  await spool.write(recordOf('a'));
  await spool.write(recordOf('b'));
  const [name = ''] = await spool.release();
  const file = join(directory, readdirSync(directory)[0] as string);
  writeFileSync(file, readFileSync(file, 'utf8').replace('"id":"a"', '"id":"x"'));
  t.same(await waitingIn(spool), [['b']]);
  await spool.forget(await spool.read(name));
  t.match(spool.status().damaged, [/\.damaged$/]);
  t.same(readdirSync(directory), spool.status().damaged);
  t.same(openSpool(directory).status().damaged, spool.status().damaged, 'and told after a start');
});

t.test('a spool that cannot be written says so, and goes on when it can be', async (t) => {
  const directory = join(testFolder(t), 'spool');
  const spool = openSpool(directory);
  rmSync(directory, { recursive: true });
  await t.rejects(spool.write(recordOf('a')), SpoolUnavailable);
  t.match(spool.status().failure, /ENOENT/);
  mkdirSync(directory);
  await spool.write(recordOf('b'));
  t.equal(spool.status().failure, undefined);
  t.same(await waitingIn(spool), [['b']]);
  chmodSync(directory, 0o700);
});

t.test('a spool takes no more than there is room for', async (t) => {
  const few = openSpool(testFolder(t, {}), { waiting: 2, bytes: 2 ** 20 });
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => few.write(recordOf(id))));
  t.same(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected'],
  );
  t.ok((outcomes[2] as PromiseRejectedResult).reason instanceof SpoolOverloaded);

  const small = openSpool(join(t.testdirName, 'small'), { waiting: 10, bytes: 100 });
  await small.write(recordOf('a'));
  await t.rejects(small.write(recordOf('b')), /who reads cannot be put on record: \d+ bytes in .* wait/);
  for (const name of await small.release()) await small.forget(await small.read(name));
  await small.write(recordOf('c'));
});
