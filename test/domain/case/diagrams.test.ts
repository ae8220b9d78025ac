import t from 'tap';
import { caseLifecycles } from '../../../domain/case/lifecycles/index.ts';
import { drawLifecycle } from '../../../domain/kernel/diagram.ts';
import { openingsOf, statesOf } from '../../../domain/kernel/lifecycle.ts';
import { CASE_KINDS } from '../../../domain/reference/case-kinds.ts';
import { lifecycleReadme, RENEW, readLifecycleReadme } from '../../support/lifecycle-readme.ts';

for (const kind of CASE_KINDS) {
  t.test(`the diagram of a ${kind} case`, async (t) => {
    const table = caseLifecycles[kind];
    const [head, ...lines] = drawLifecycle(table).trimEnd().split('\n');
    t.equal(head, 'stateDiagram-v2');

    const boxes = lines.flatMap(
      (line) =>
        line
          .match(/^ {2}state "([^"]+)" as (\w+)$/)
          ?.slice(1, 3)
          .join(' / ') ?? [],
    );
    const states = statesOf(table).filter((state) => state !== table.initial);
    for (const state of states) {
      t.ok(boxes.includes(`${state.replaceAll('-', ' ')} / ${state.replaceAll('-', '_')}`), `shows ${state}`);
    }

    const arrows = lines.flatMap((line) => {
      const [, from, to, event] = line.match(/^ {2}(\[\*\]|\w+) --> (\w+): ([a-z-]+) \(\w+\)$/) ?? [];
      return event === undefined ? [] : [{ from, to, event }];
    });
    t.equal(boxes.length + arrows.length, lines.length, 'has nothing but boxes and arrows');

    const changing = new Set(table.rows.filter(({ to }) => to !== 'unchanged').map(({ event }) => event));
    t.same(new Set(arrows.map(({ event }) => event)), changing, 'shows every event that changes where a case stands');
    t.same(
      [...new Set(arrows.filter(({ from }) => from === '[*]').map(({ event }) => event))],
      openingsOf(table),
      'begins with what opens a case',
    );

    const ids = new Set(boxes.map((box) => box.split(' / ')[1]));
    t.ok(arrows.every(({ from, to }) => (from === '[*]' || ids.has(from)) && ids.has(to)));
    t.ok(arrows.length < 90, `can be read: ${arrows.length} arrows`);
  });
}

t.test('domain/case/lifecycles/README.md says what the tables say', async (t) => {
  t.ok(readLifecycleReadme() === lifecycleReadme(), `it is not up to date: run \`${RENEW}\``);
});

t.test('that README has a diagram and the rows of each kind', async (t) => {
  const readme = lifecycleReadme();
  t.equal(readme.match(/^```mermaid$/gm)?.length, CASE_KINDS.length);
  const rows = CASE_KINDS.flatMap((kind) => caseLifecycles[kind].rows);
  t.equal(readme.match(/^\| [a-z]/gm)?.length, rows.length + CASE_KINDS.length, 'with a head for each');
  t.match(readme, '| receipt-acknowledged | handed-over | receipt-acknowledged | receiving |');
});
