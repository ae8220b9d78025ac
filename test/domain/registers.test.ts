import t from 'tap';
import { openingsOf, rowsFrom, statesOf } from '../../domain/kernel/lifecycle.ts';
import { REGISTERS } from '../../domain/stream-kinds.ts';

for (const { category, register, input, rules, documentSchema } of REGISTERS) {
  const { lifecycle, opening } = register;

  t.test(`the table of ${category}`, async (t) => {
    t.test('reaches every state that it names, and begins with the event that opens a record', async (t) => {
      t.same(openingsOf(lifecycle), [opening.type]);
      const reached = new Set([lifecycle.initial]);
      for (const state of reached) {
        for (const { to } of rowsFrom(lifecycle, state))
          if (to !== 'unchanged' && to !== 'where-it-stood') reached.add(to);
      }
      t.same(
        statesOf(lifecycle).filter((state) => !reached.has(state)),
        [],
      );
    });

    t.test('has a row for every event, and a shape for every row', async (t) => {
      const inRows = new Set(lifecycle.rows.map(({ event }) => event));
      t.same(
        [opening.type, ...Object.keys(register.events)].filter((type) => !inRows.has(type)),
        [],
      );
      for (const type of inRows) t.type(input.dataJsonSchema(type), 'object', type);
    });

    t.test('names only guards that there are', async (t) => {
      for (const { event, guards } of lifecycle.rows) {
        for (const guard of guards) t.type(rules.guards[guard], 'function', `${event}: ${guard}`);
      }
    });

    t.test('checks what its lists are filtered by, and filters by no name twice', async (t) => {
      for (const [name, schema] of Object.entries(register.filters)) {
        t.notOk(schema.safeParse('no such value').success && name !== 'publisher', `${name} is checked`);
        t.not(name, 'status', 'lists have that filter already');
      }
    });

    t.test('lets nothing be corrected by which its records are told apart', async (t) => {
      for (const field of register.identifiedBy ?? []) {
        const fixed = register.fixed?.({ type: opening.type } as never, { [field]: 'another' });
        t.match(fixed, { code: 'invalid', pointer: `/data/changes/${field}` });
      }
    });

    t.test('has a category without a hyphen, for the name of a stream ends its category with one', async (t) => {
      t.match(category, /^[a-z]+$/);
      t.ok(Object.keys(documentSchema.shape).length > 8);
    });
  });
}
