import t from 'tap';
import { erasures } from '../../../domain/erasure/kind.ts';
import type { RegisterState } from '../../../domain/kernel/register.ts';
import { reconciliations } from '../../../domain/reconciliation/kind.ts';
import { requests } from '../../../domain/request/kind.ts';
import { givenRegister, type RegisterStep, registerScenario } from '../../support/register-scenario.ts';

const [CASE, REQUEST, LIST, ORDER] = [1, 2, 3, 4].map((n) => `00000000-0000-4000-8000-00000000000${n}`);

const ordered = (particulars: object, others?: RegisterStep['others']): RegisterStep => ({
  occurredAt: '2024-05-02',
  particulars: { part: 'person', orderedOn: '2024-05-01', authority: 'court', reference: '17/2024', ...particulars },
  ...(others && { others }),
});

t.test('an order names exactly one record, and of it what can be erased of such a one', async (t) => {
  const { when } = registerScenario(t, erasures);
  when(ordered({ case: CASE })).thenStands('ordered');
  when(ordered({ request: REQUEST })).thenStands('ordered');
  when(ordered({ reconciliation: LIST })).thenStands('ordered');
  when(ordered({})).thenRefused('invalid', /exactly one of the fields: case, request, reconciliation/, '/case');
  when(ordered({ case: CASE, reconciliation: LIST })).thenRefused('invalid', /exactly one/, '/reconciliation');
  when(ordered({ request: REQUEST, part: 'alias', what: 'A' })).thenRefused('invalid', /one of: person/, '/part');
  when(ordered({ request: REQUEST, part: 'line', line: 1 })).thenRefused('invalid', /one of: person/, '/part');
  when(ordered({ case: CASE, part: 'line', line: 1 })).thenRefused('invalid', /person, alias, document/, '/part');
  when(ordered({ reconciliation: LIST, part: 'document', what: 'X1' })).thenRefused('invalid', /person, line/, '/part');
  when(ordered({ reconciliation: LIST, part: 'line' })).thenRefused('invalid', /which line/, '/line');
  when(ordered({ reconciliation: LIST, line: 1 })).thenRefused('invalid', /only where the part is a line/, '/line');
  when(ordered({ reconciliation: LIST, part: 'line', line: 1, what: 'A' })).thenRefused(
    'invalid',
    /leave it out/,
    '/what',
  );
});

const listed = givenRegister(reconciliations, [
  {
    occurredAt: '2024-01-05',
    statedBy: { office: 'VN-MPS', document: 'Note 7/2024' },
    particulars: {
      number: '1/2023',
      period: { from: '2023-01-01', to: '2023-12-31' },
      directions: ['VN-CN'],
      kinds: ['fugitive'],
      listed: 2,
    },
  },
  {
    type: 'lines-listed',
    occurredAt: '2024-01-05',
    data: { lines: [{ date: '2023-02-01' }, { date: '2023-03-01' }] },
  },
]);

t.test('a line is one that stands in the list', async (t) => {
  const others = [{ category: 'reconciliation', id: String(LIST), state: listed.state, isItself: false }];
  const { when } = registerScenario(t, erasures);
  when(ordered({ reconciliation: LIST, part: 'line', line: 2 }, others)).thenStands('ordered');
  when(ordered({ reconciliation: LIST, part: 'line', line: 3 }, others)).thenRefused(
    'unsuitable-record',
    /the list has 2 lines/,
    '/line',
  );
});

t.test('orders are found by the record that they name', async (t) => {
  const { entries } = registerScenario(t, erasures)
    .when(ordered({ request: REQUEST }))
    .thenStands('ordered');
  const state = givenRegister(erasures, [ordered({ request: REQUEST })]).state as never;
  t.match(erasures.register.references(entries, state), { case: [], request: [REQUEST], reconciliation: [] });
});

const expunged = (more: object = {}): RegisterStep => ({
  type: 'expunged',
  role: 'ledger',
  occurredAt: '2024-01-05',
  data: { erasure: ORDER, part: 'person', ...more },
});

t.test('what an order erased is told in the record by the ledger alone, and stands', async (t) => {
  const asked: RegisterStep = {
    occurredAt: '2024-01-01',
    particulars: { kind: 'location', addressee: 'VN-MPS', urgency: 'routine', question: 'Where is A?' },
  };
  const request = givenRegister(requests, [asked]);
  const { when } = registerScenario(t, requests, request);
  when(expunged()).thenStands('requested');
  when({ ...expunged(), role: 'recorder' }).thenRefused('wrong-side', /by the ledger itself/);
  const list = registerScenario(t, reconciliations, listed);
  list.when(expunged({ part: 'line', line: 2 })).thenStands('received');
  list
    .when({ ...expunged({ part: 'line', line: 2 }), role: 'recorder' })
    .thenRefused('wrong-side', /by the ledger itself/);

  const after = givenRegister(requests, [asked, expunged()]);
  const putRight = { eventId: after.recorded[1]?.id, reason: 'it was not meant' };
  const later = registerScenario(t, requests, after);
  later.when({ type: 'annulled', data: putRight }).thenRefused('out-of-order', /nobody can restore/, '/data/eventId');
  later
    .when({ type: 'corrected', data: { ...putRight, changes: { erasure: CASE } } })
    .thenRefused('invalid', /nobody can restore/, '/data/changes');
});

t.test('an order for what is not there comes to its end, and another one is given', async (t) => {
  const byTheLedger = { role: 'ledger', occurredAt: '2024-05-02', data: {} } as const;
  const alias = ordered({ case: CASE, part: 'alias', what: 'A.' });
  registerScenario(t, erasures, givenRegister(erasures, [alias]))
    .when({ ...byTheLedger, type: 'nothing-found', role: 'recorder' })
    .thenRefused('wrong-side', /by the ledger itself/);
  const ended = givenRegister(erasures, [alias, { ...byTheLedger, type: 'nothing-found' }]);
  t.match(erasures.document(String(ORDER), 1, ended.state as RegisterState), { status: 'nothing-found', toDo: [] });
  registerScenario(t, erasures, ended)
    .when({ type: 'annulled', data: { eventId: ended.recorded[1]?.id, reason: 'try again' } })
    .thenRefused('out-of-order', /give another one/, '/data/eventId');
});
