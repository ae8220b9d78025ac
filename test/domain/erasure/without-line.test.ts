import t from 'tap';
import { listedLine, withoutLine } from '../../../domain/erasure/without-line.ts';
import type { EffectiveEvent } from '../../../domain/kernel/record.ts';

const [A, B, C] = ['N. V. A.', 'T. T. B.', 'L. V. C.'];

const listing = (id: string, ...persons: readonly object[]) =>
  ({ id, type: 'lines-listed', data: { lines: persons.map(() => ({})), persons } }) as unknown as EffectiveEvent;

const person = (line: number, name: string | undefined, more: object = {}) => ({ line, names: [name], ...more });

const first = listing('first', person(0, A), person(1, B));
const second = listing('second', person(0, C, { document: 'C 123' }), person(1, A));

t.test('a line is found by its number, over all sendings', async (t) => {
  t.match(listedLine([first, second], 2), { event: 'first', place: 1, texts: [B] });
  t.match(listedLine([first, second], 3), { event: 'second', place: 0, texts: [C, 'C 123'] });
  t.equal(listedLine([first, second], 5), undefined);
});

t.test('its person goes from the list and out of every other text, and all others stay', async (t) => {
  const line = listedLine([first, second], 1);
  if (line === undefined) throw new Error('there is no line');
  t.same(withoutLine({ data: { persons: [person(0, A), person(1, B)] } }, 'first', line), {
    data: { persons: [person(1, B)] },
  });
  const others = { data: { persons: [person(0, C), person(1, A)] } };
  t.same(withoutLine(others, 'second', line), others, 'another line of theirs is another line');
  t.same(withoutLine({ data: { reason: `${A} is not ${B}`, source: A }, document: `On ${A}` }, 'settled', line), {
    data: { reason: `[expunged] is not ${B}`, source: '[expunged]' },
    document: 'On [expunged]',
  });
});

t.test('and from a list that was annulled, in which no number names them', async (t) => {
  const line = listedLine([first], 1);
  if (line === undefined) throw new Error('there is no line');
  t.same(withoutLine({ data: { persons: [person(0, B), person(1, A)] } }, 'annulled', line), {
    data: { persons: [person(0, B)] },
  });
  const late = { data: { reason: 'left out', sealedData: { persons: [person(0, A), person(1, B)] } } };
  t.same(withoutLine(late, 'first', line), { data: { reason: 'left out', sealedData: { persons: [person(1, B)] } } });
});

t.test('of whom nothing is known any more, nothing else goes', async (t) => {
  const line = listedLine([listing('bare', { line: 7 }, person(1, B))], 1);
  if (line === undefined) throw new Error('there is no line');
  const texts = { data: { persons: [person(1, B)], reason: 'as it is' } };
  t.same(withoutLine(texts, 'bare', line), texts);
});
