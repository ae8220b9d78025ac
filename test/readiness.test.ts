import t from 'tap';
import { LogUnavailable } from '../src/event-log/port.ts';
import { SeenEnds } from '../src/projecting/lag.ts';
import { reasonsNotReady } from '../src/readiness.ts';
import { reasonsOfTree } from '../src/transparency/health.ts';
import { makeTree, openTree } from '../src/transparency/tree-file.ts';
import { NO_LAG } from './support/no-lag.ts';
import { testFolder } from './support/test-folder.ts';

const view = {
  name: 'cases',
  version: 1,
  position: '',
  caughtUp: true,
  built: true,
  failure: undefined,
  stopped: false,
  haltedAt: undefined,
};
const log = { head: async () => undefined, failure: () => undefined };

t.test('a node is ready when its views show the present and its log answers', async (t) => {
  t.same(await reasonsNotReady(log, [view], NO_LAG), []);
});

t.test('what keeps it is named: a view that is behind or stopped, a log that fails or does not answer', async (t) => {
  t.same(await reasonsNotReady(log, [{ ...view, caughtUp: false }], NO_LAG), ['view cases is behind the log']);
  const unbuilt = { ...view, caughtUp: false, built: false };
  t.same(await reasonsNotReady(log, [unbuilt], NO_LAG), ['view cases is still being built']);
  t.same(await reasonsNotReady(log, [{ ...view, failure: 'halted at 17' }], NO_LAG), ['view cases: halted at 17']);
  const away = { ...log, head: () => Promise.reject(new LogUnavailable('the server is away')) };
  t.same(await reasonsNotReady(away, [view], NO_LAG), ['event log: the server is away']);
  const full = { ...log, failure: () => 'the disk is full' };
  t.same(await reasonsNotReady(full, [view], NO_LAG), ['event log: the disk is full']);
  const silent = { ...log, head: () => new Promise<undefined>(() => {}) };
  t.match(await reasonsNotReady(silent, [view], NO_LAG), [/^event log: no answer within/]);
});

t.test(
  'how long a view has been behind the log is told from the first end of it that the view has not reached',
  async (t) => {
    let now = 0;
    const lag = new SeenEnds(() => now);
    lag.see(undefined);
    t.equal(lag.seconds(''), 0, 'an empty log');
    lag.see('10');
    t.equal(lag.seconds('10'), 0);
    lag.see('20');
    now = 5_000;
    lag.see('30');
    now = 12_000;
    lag.see('30');
    t.same(
      ['10', '15', '20', '25', '30'].map((position) => lag.seconds(position)),
      [12, 12, 7, 7, 0],
    );
    t.same(await reasonsNotReady(log, [{ ...view, position: '15' }], lag), ['view cases is 12 s behind the log']);
    t.same(await reasonsNotReady(log, [{ ...view, position: '20' }], lag), [], 'a few seconds are usual under load');
  },
);

t.test('a tree whose thread hangs is told by how far it is behind the log', async (t) => {
  const directory = testFolder(t);
  makeTree(directory);
  const tree = openTree(directory);
  t.teardown(() => tree.close());
  const status = () => ({ failure: undefined, witnesses: [] });
  let now = 0;
  const lag = new SeenEnds(() => now);
  lag.see('10');
  t.same(reasonsOfTree({ tree, status }, lag), []);
  now = 12_000;
  t.same(reasonsOfTree({ tree, status }, lag), ['transparency log is 12 s behind the log']);
});
