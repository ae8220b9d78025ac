import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { runProcess } from '../../src/application/process-runner.ts';
import { eventually } from '../support/eventually.ts';

/** Records that wait, as a view would list them, and those of them that cannot be worked off yet. */
const startRun = (t: Test, { waiting, failing }: { waiting: readonly string[]; failing: readonly string[] }) => {
  const left = new Set(waiting);
  const stuck = new Set(failing);
  const tried = new Map<string, number>();
  const listeners = new Set<() => void>();
  const goOn = (): void => {
    for (const listener of listeners) listener();
  };
  let unreadable = false;
  const faults: string[] = [];
  const process = runProcess({
    waiting: (most) => {
      if (unreadable) throw new Error('the views cannot be read');
      return [...left].slice(0, most);
    },
    workOff: async (id) => {
      await wait(1);
      tried.set(id, (tried.get(id) ?? 0) + 1);
      if (stuck.has(id)) throw new Error(id);
      if (left.delete(id)) goOn();
      return true;
    },
    progress: {
      onProgress: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    onFault: (fault) => faults.push((fault as Error).message),
  });
  t.after(() => process.stop());
  return {
    process,
    left,
    stuck,
    tried,
    faults,
    goOn,
    add: (id: string) => {
      left.add(id);
      goOn();
    },
    readable: (is: boolean) => {
      unreadable = !is;
    },
  };
};

const named = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

t.test('what fails holds up nothing that comes behind it, however much it is', async (t) => {
  const failing = named('failing', 70);
  const { left } = startRun(t, { waiting: [...failing, ...named('good', 50)], failing });
  await eventually(() => left.size === failing.length);
  t.same([...left], failing);
});

t.test('what comes new is done at once, while what failed waits for its time', async (t) => {
  const failing = named('failing', 30);
  const run = startRun(t, { waiting: failing, failing });
  await eventually(() => failing.every((id) => (run.tried.get(id) ?? 0) >= 2));
  const before = new Map(run.tried);
  for (const id of named('new', 5)) {
    run.add(id);
    await eventually(() => !run.left.has(id));
  }
  for (let times = 0; times < 100; times++) run.goOn();
  for (const id of failing) {
    t.ok((run.tried.get(id) ?? 0) <= (before.get(id) ?? 0) + 3, 'not oftener because the views go on');
  }
});

t.test('what failed is done when it can be', async (t) => {
  const failing = named('failing', 3);
  const run = startRun(t, { waiting: failing, failing });
  await eventually(() => run.faults.length >= 3);
  run.stuck.clear();
  await eventually(() => run.left.size === 0);
  t.same(new Set(run.faults), new Set(failing), 'each told of');
});

t.test('views that cannot be read are asked again', async (t) => {
  const run = startRun(t, { waiting: [], failing: [] });
  run.readable(false);
  run.add('new');
  await eventually(() => run.faults.length > 0);
  run.readable(true);
  await eventually(() => run.left.size === 0);
});

t.test('after it was stopped nothing is tried', async (t) => {
  const failing = named('failing', 3);
  const run = startRun(t, { waiting: failing, failing });
  await eventually(() => run.tried.size > 0);
  await run.process.stop();
  const before = new Map(run.tried);
  run.add('new');
  await wait(500);
  t.same(run.tried, before);
});
