import t from 'tap';
import { given, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, handover, wayTo } from '../../support/ordinary-ways.ts';

const reported = wayTo('unlawful-detention', 'reported');
const rescued = wayTo('unlawful-detention', 'rescued');
const checked = wayTo('unlawful-detention', 'protection-check-recorded');
const transferred = wayTo('unlawful-detention', 'transferred');

t.test('a detained person is located and rescued where they are held', async (t) => {
  const located = scenario(t, given(reported))
    .when({ type: 'located', data: { province: 'VN-13' } })
    .thenStands('located');
  scenario(t, located)
    .when({ by: 'CN', type: 'rescued' })
    .thenRefused('wrong-side', /delivering party \(VN\)/, '/statedBy');
  scenario(t, located).when({ by: 'VN', type: 'rescued' }).thenStands('rescued');
});

t.test('a detained person comes free without a rescue, and goes home', async (t) => {
  const free = scenario(t, given(reported))
    .when({ type: 'released', data: { cause: 'freed-by-detainers', note: 'the debt was paid' } })
    .thenStands('released');
  scenario(t, free).when({ type: 'returned-voluntarily' }).thenStands('returned-voluntarily');
  scenario(t, free).when({ type: 'closed' }).thenStands('closed');
});

t.test('a rescued person is not moved without a protection check and a legal basis', async (t) => {
  const transfer = { by: 'VN', type: 'transferred', data: { legalBasis: 'protection-of-victims' } } as const;
  scenario(t, given(rescued))
    .when(transfer)
    .thenRefused('safeguard-missing', /no protection check/);
  scenario(t, given(checked))
    .when({ by: 'VN', type: 'transferred' })
    .thenRefused('safeguard-missing', /legal basis/, '/data/legalBasis');
  scenario(t, given(checked)).when(transfer).thenStands('transferred');
});

t.test('the handover of a rescued person fails and is tried again', async (t) => {
  const waiting = scenario(t, given(transferred))
    .when({ by: 'VN', type: 'not-collected', data: { agreedDate: '2024-01-01' } })
    .thenStands('not-collected');
  const handedOver = scenario(t, waiting)
    .when({ type: 'handed-over-at-border-pass', data: handover })
    .thenStands('handed-over');
  scenario(t, handedOver).when({ type: 'receipt-acknowledged' }).thenStands('receipt-acknowledged');
  t.equal(stateOf(handedOver).handovers.length, 1);
});

t.test('a rescued person may stay behind, or turn out to be another', async (t) => {
  scenario(t, given(rescued))
    .when({ by: 'VN', type: 'released', data: { cause: 'other' } })
    .thenStands('released');
  scenario(t, given(rescued)).when({ type: 'returned-voluntarily' }).thenStands('returned-voluntarily');
  scenario(t, given(rescued)).when({ type: 'mistaken-identity' }).thenStands('mistaken-identity');
  scenario(t, given([{ by: 'VN', ...check, type: 'postponed', data: {} }], { from: given(rescued) }))
    .when({ by: 'VN', type: 'resumed' })
    .thenStands('rescued');
});
