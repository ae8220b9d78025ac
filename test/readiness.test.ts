import t from 'tap';
import { LogUnavailable } from '../src/event-log/port.ts';
import { SeenEnds } from '../src/projecting/lag.ts';
import { reasonsNotReady } from '../src/readiness.ts';

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
const none = { seconds: () => 0 };

t.test('a node is ready when its views show the present and its log answers', async (t) => {
  t.same(await reasonsNotReady(log, [view], none), []);
});

t.test('what keeps it is named: a view that is behind or stopped, a log that fails or does not answer', async (t) => {
  t.same(await reasonsNotReady(log, [{ ...view, caughtUp: false }], none), ['view cases is behind the log']);
  const unbuilt = { ...view, caughtUp: false, built: false };
  t.same(await reasonsNotReady(log, [unbuilt], none), ['view cases is still being built']);
  t.same(await reasonsNotReady(log, [{ ...view, failure: 'halted at 17' }], none), ['view cases: halted at 17']);
  const away = { ...log, head: () => Promise.reject(new LogUnavailable('the server is away')) };
  t.same(await reasonsNotReady(away, [view], none), ['event log: the server is away']);
  const full = { ...log, failure: () => 'the disk is full' };
  t.same(await reasonsNotReady(full, [view], none), ['event log: the disk is full']);
  const silent = { ...log, head: () => new Promise<undefined>(() => {}) };
  t.match(await reasonsNotReady(silent, [view], none), [/^event log: no answer within/]);
});

t.test(
  'how long a view has been behind the log is told from the first end of it that the view has not reached',
  async (t) => {
    let now = 0;
    const lag = new SeenEnds(() => now);
    lag.see(undefined, '');
    t.equal(lag.seconds(''), 0, 'an empty log');
    lag.see('10', '10');
    t.equal(lag.seconds('10'), 0);
    lag.see('20', '10');
    now = 5_000;
    lag.see('30', '10');
    now = 12_000;
    lag.see('30', '10');
    t.same(
      ['10', '15', '20', '25', '30'].map((position) => lag.seconds(position)),
      [12, 12, 7, 7, 0],
    );
    t.same(await reasonsNotReady(log, [{ ...view, position: '15' }], lag), ['view cases is 12 s behind the log']);
    t.same(await reasonsNotReady(log, [{ ...view, position: '20' }], lag), [], 'a few seconds are usual under load');
    lag.see('30', '20');
    t.equal(lag.seconds('20'), 7);
    lag.see('30', '30');
    t.equal(lag.seconds('30'), 0);
  },
);
