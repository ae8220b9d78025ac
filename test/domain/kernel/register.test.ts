import t from 'tap';
import { z } from 'zod';
import { eventShape } from '../../../domain/kernel/event-shapes.ts';
import { createRegister, type Register } from '../../../domain/kernel/register.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

/** A register of loans, as simple as one can be. */
const loans = (more: Partial<Register> = {}): Register => ({
  category: 'loan',
  noun: 'loan',
  plural: 'loans',
  opening: { type: 'lent', open: { thing: z.string(), due: z.string().optional() }, sealed: {} },
  events: {
    reminded: { shape: eventShape({ day: z.string() }, {}), effect: { addsTo: 'reminders' } },
    extended: { shape: eventShape({ due: z.string() }, {}), effect: 'sets' },
  },
  lifecycle: {
    name: 'loan',
    initial: 'not-opened',
    rows: [
      { event: 'lent', from: ['not-opened'], to: 'lent', by: 'either', guards: [] },
      { event: 'reminded', from: ['lent'], to: 'unchanged', by: 'either', guards: [] },
      { event: 'extended', from: ['lent'], to: 'unchanged', by: 'either', guards: [] },
    ],
  },
  sidesOf: () => [],
  forEverybody: true,
  letIn: () => [],
  maySeeSealed: () => true,
  filters: {},
  references: () => ({}),
  ...more,
});

const lent = { particulars: { thing: 'A book' } };
const reminded = { type: 'reminded', data: { day: '2024-02-01' } };

t.test('what a table derives stands in the document, and what it tells better does not', async (t) => {
  const kind = createRegister(
    loans({
      derived: {
        fields: { timesReminded: z.int() },
        of: ({ reminders = [] }) => ({ timesReminded: (reminders as unknown[]).length }),
        insteadOf: ['reminders'],
      },
    }),
  );
  const { state } = givenRegister(kind, [lent, reminded, reminded]);
  const document = kind.document('00000000-0000-4000-8000-000000000001', 2, state as never);
  t.equal(document.timesReminded, 2);
  t.notOk('reminders' in document);
  t.ok(kind.documentSchema.safeParse(document).success, 'and the schema says the same');
  t.match(state?.entries.reminders, { length: 2 }, 'the events are what is kept');
});

t.test('a table says how long its lists can grow', async (t) => {
  const kind = createRegister(loans({ longestList: 2 }));
  registerScenario(t, kind, givenRegister(kind, [lent, reminded, reminded]))
    .when(reminded)
    .thenRefused('out-of-order', /2 events reminded already/, '/type');
});

t.test('a table in which one name means two things is refused', async (t) => {
  const derived = (field: string) => ({ fields: { [field]: z.string() }, of: () => ({}), insteadOf: [] });
  t.throws(() => createRegister(loans({ derived: derived('thing') })), /both lent and what is derived/);
  t.throws(() => createRegister(loans({ derived: derived('claims') })), /cannot have a field claims/);
  t.throws(() => createRegister(loans({ claimable: ['due'] })), /both lent and extended have the field due/);
});

t.test('claims are made only where everybody may read them', async (t) => {
  const { forEverybody: _, ...kept } = loans({ claimable: ['thing'] });
  t.throws(() => createRegister(kept), /not there for everybody/);
  t.ok(createRegister(loans({ claimable: ['thing'] })));
});
