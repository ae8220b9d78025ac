import t from 'tap';
import { LogUnavailable } from '../src/event-log/port.ts';
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
const log = { head: async () => undefined };

t.test('a node is ready when its views show the present and its log answers', async (t) => {
  t.same(await reasonsNotReady(log, [view]), []);
});

t.test('what keeps it is named: a view that is behind or stopped, a log that fails or does not answer', async (t) => {
  t.same(await reasonsNotReady(log, [{ ...view, caughtUp: false }]), ['view cases is behind the log']);
  const unbuilt = { ...view, caughtUp: false, built: false };
  t.same(await reasonsNotReady(log, [unbuilt]), ['view cases is still being built']);
  t.same(await reasonsNotReady(log, [{ ...view, failure: 'halted at 17' }]), ['view cases: halted at 17']);
  const away = { head: () => Promise.reject(new LogUnavailable('the server is away')) };
  t.same(await reasonsNotReady(away, [view]), ['event log: the server is away']);
  const silent = { head: () => new Promise<undefined>(() => {}) };
  t.match(await reasonsNotReady(silent, [view]), [/^event log: no answer within/]);
});
