import fc from 'fast-check';
import t from 'tap';
import { jsonChanges } from '../../../domain/kernel/json-changes.ts';

t.test('what differs is named by where it is', async (t) => {
  t.same(jsonChanges({ status: 'located', dates: { located: '2024-01' } }, { status: 'captured', dates: {} }), [
    { pointer: '/status', before: 'located', after: 'captured' },
    { pointer: '/dates/located', before: '2024-01' },
  ]);
  t.same(jsonChanges({ of: ['a', 'b'] }, { of: ['a', 'c', 'd'] }), [
    { pointer: '/of/1', before: 'b', after: 'c' },
    { pointer: '/of/2', after: 'd' },
  ]);
  t.same(jsonChanges(undefined, { kind: 'fugitive' }), [{ pointer: '', after: { kind: 'fugitive' } }]);
  t.same(jsonChanges({ 'a/b~c': 1 }, { 'a/b~c': 2 }), [{ pointer: '/a~1b~0c', before: 1, after: 2 }]);
  t.same(jsonChanges({ list: [] }, { list: {} }), [{ pointer: '/list', before: [], after: {} }]);
  t.same(jsonChanges({ none: undefined }, {}), []);
});

t.test('for any two documents', async (t) => {
  const document = fc.jsonValue({ maxDepth: 3 });
  fc.assert(fc.property(document, (one) => jsonChanges(one, JSON.parse(JSON.stringify(one))).length === 0));
  fc.assert(
    fc.property(document, document, (one, other) => {
      const there = jsonChanges(one, other).map(({ pointer }) => pointer);
      const back = jsonChanges(other, one).map(({ pointer }) => pointer);
      return there.sort().join() === back.sort().join();
    }),
  );
  t.pass('nothing differs from itself, and the way back is by the same places');
});
