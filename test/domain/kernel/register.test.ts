import t from 'tap';
import { z } from 'zod';
import { eventShape } from '../../../domain/kernel/event-shapes.ts';
import { createRegister, type Register } from '../../../domain/kernel/register.ts';

const row = (event: string, from: string, to: string) => ({ event, from: [from], to, by: 'either', guards: [] });

const register: Register = {
  category: 'thing',
  noun: 'thing',
  plural: 'things',
  opening: { type: 'begun', open: { name: z.string() }, sealed: {} },
  events: { ended: { shape: eventShape({ endedFor: z.string() }, {}), effect: 'sets' } },
  lifecycle: {
    name: 'thing',
    initial: 'not-opened',
    rows: [row('begun', 'not-opened', 'begun'), row('ended', 'begun', 'ended')],
  },
  sidesOf: () => [],
  letIn: () => [],
  maySeeSealed: () => true,
  filters: {},
  references: () => ({}),
};

t.test('a register is made from its table', async (t) => {
  const { statuses, documentSchema } = createRegister(register);
  t.same(statuses, ['begun', 'ended', 'annulled']);
  t.hasProps(documentSchema.shape, ['id', 'status', 'name', 'endedFor']);
});

t.test('a table in which one name means two things is no register', async (t) => {
  const withEvent =
    (type: string, field: string, effect: 'sets' | { addsTo: string } = 'sets') =>
    () =>
      createRegister({
        ...register,
        events: { ...register.events, [type]: { shape: eventShape({ [field]: z.number() }, {}), effect } },
      });
  t.throws(withEvent('changed', 'endedFor'), /both ended and changed have the field endedFor/);
  t.throws(withEvent('changed', 'status'), /cannot have a field status/);
  t.throws(withEvent('changed', 'x', { addsTo: 'name' }), /both begun and changed have the field name/);
  t.doesNotThrow(withEvent('changed', 'name'), 'what it was opened with may be set anew');
});
