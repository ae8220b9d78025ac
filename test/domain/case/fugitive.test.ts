import t from 'tap';
import { given, type Step, scenario, stateOf } from '../../support/case-scenario.ts';
import { approval, check, handover, wayTo } from '../../support/ordinary-ways.ts';

const reported = wayTo('fugitive', 'reported');
const captured = wayTo('fugitive', 'captured');
const approved = wayTo('fugitive', 'transfer-approved');
const transferred = wayTo('fugitive', 'transferred');
const handedOver = wayTo('fugitive', 'handed-over-at-border-pass');
const acknowledged = wayTo('fugitive', 'receipt-acknowledged');

/** From an arrest on Viet Nam's side to the next handover. */
const towardsHandover: readonly Step[] = [
  { type: 'identity-verified' },
  { by: 'VN', ...check },
  { by: 'VN', ...approval },
  { by: 'VN', type: 'transferred' },
];

t.test('a fugitive surrenders to the side where they hide, and is handed over from there', async (t) => {
  const surrendered = scenario(t, given(reported))
    .when({ by: 'VN', type: 'surrendered-voluntarily' })
    .thenStands('captured');
  scenario(t, given(towardsHandover, { from: surrendered }))
    .when({ type: 'handed-over-at-border-pass', data: handover })
    .thenStands('handed-over');
});

t.test('a fugitive who is arrested, or surrenders, on the side that wants them is not handed over', async (t) => {
  for (const type of ['captured', 'surrendered-voluntarily']) {
    const held = scenario(t, given(reported)).when({ by: 'CN', type }).thenStands('held-by-receiving-party');
    t.same(stateOf(held).handovers, [], 'no handover is counted');
    scenario(t, held)
      .when({ type: 'handed-over-at-border-pass', data: handover })
      .thenRefused('out-of-order', /held-by-receiving-party/, '/type');
    scenario(t, held).when({ type: 'closed' }).thenStands('closed');
  }
});

t.test('a fugitive returns of their own will', async (t) => {
  const returned = scenario(t, given(reported))
    .when({ type: 'returned-voluntarily' })
    .thenStands('returned-voluntarily');
  t.same(stateOf(returned).handovers, []);
});

t.test('a fugitive may be located again and again while at large', async (t) => {
  const located = scenario(t, given(reported)).when({ by: 'VN', type: 'located' }).thenStands('located');
  scenario(t, located).when({ type: 'located' }).thenStands('located');
});

t.test('a fugitive escapes on the way', async (t) => {
  const escaped = scenario(t, given(transferred)).when({ by: 'VN', type: 'escaped' }).thenStands('escaped');

  t.test('and is recaptured by the side that delivers: what was checked before does not hold any more', async (t) => {
    const recaptured = scenario(t, escaped).when({ by: 'VN', type: 'recaptured' }).thenStands('captured');
    const identified = given([{ type: 'identity-verified' }], { from: recaptured });
    scenario(t, identified)
      .when({ by: 'VN', ...approval })
      .thenRefused('safeguard-missing', /after an escape, anew/);
    const checked = given([{ by: 'VN', ...check }], { from: identified });
    scenario(t, checked)
      .when({ by: 'VN', ...approval })
      .thenStands('transfer-approved');
  });

  t.test('and is recaptured by the side that receives, which leaves nothing to hand over', async (t) => {
    const held = scenario(t, escaped).when({ by: 'CN', type: 'recaptured' }).thenStands('held-by-receiving-party');
    t.same(stateOf(held).handovers, []);
  });

  t.test('and surrenders to either side', async (t) => {
    scenario(t, escaped).when({ by: 'VN', type: 'surrendered-voluntarily' }).thenStands('captured');
    scenario(t, escaped).when({ by: 'CN', type: 'surrendered-voluntarily' }).thenStands('held-by-receiving-party');
  });

  t.test('and is located, then arrested by whichever side finds them', async (t) => {
    const located = scenario(t, escaped).when({ type: 'located' }).thenStands('located');
    scenario(t, located).when({ by: 'VN', type: 'captured' }).thenStands('captured');
    scenario(t, located).when({ by: 'CN', type: 'captured' }).thenStands('held-by-receiving-party');
  });
});

t.test('who escapes after a handover is handed over again, and counts again', async (t) => {
  const again = given(
    [
      { by: 'CN', type: 'escaped', occurredAt: '2024-02-01' },
      { by: 'VN', type: 'recaptured', occurredAt: '2024-03-01' },
      ...towardsHandover.map((step) => ({ ...step, occurredAt: '2024-03-02' })),
    ],
    { from: given(acknowledged) },
  );
  const twice = scenario(t, again)
    .when({
      type: 'handed-over-at-border-pass',
      occurredAt: '2024-03-03',
      data: { ...handover, handoverDate: '2024-03-03' },
    })
    .thenStands('handed-over');
  t.same(
    stateOf(twice).handovers.map(({ handoverDate }) => handoverDate),
    ['2024-01-01', '2024-03-03'],
  );
});

t.test('a fugitive is released because no formal request came, and can be arrested again when it does', async (t) => {
  const released = scenario(t, given(captured))
    .when({ by: 'VN', type: 'released', data: { cause: 'no-formal-request' } })
    .thenStands('released');
  scenario(t, released).when({ type: 'closed' }).thenStands('closed');
  scenario(t, released).when({ type: 'returned-voluntarily' }).thenStands('returned-voluntarily');
  scenario(t, released).when({ by: 'VN', type: 'captured' }).thenStands('captured');
});

t.test('what was checked before a release, or of another person, does not hold any more', async (t) => {
  for (const step of [
    { by: 'VN', type: 'released', data: { cause: 'other' } },
    { by: 'VN', type: 'mistaken-identity' },
  ] as const) {
    const again = given([step, { by: 'VN', type: 'captured' }, { type: 'identity-verified' }], {
      from: given(approved),
    });
    scenario(t, again)
      .when({ by: 'VN', ...approval })
      .thenRefused('safeguard-missing', /no protection check is on record/);
  }
});

t.test('the receiving side does not release whom the other side holds', async (t) => {
  scenario(t, given(captured))
    .when({ by: 'CN', type: 'released', data: { cause: 'other' } })
    .thenRefused('wrong-side', /released is for the delivering party \(VN\)/, '/statedBy');
});

t.test('a surrender is refused on a ground', async (t) => {
  for (const history of [given(reported), given(captured), given(approved)]) {
    const refused = scenario(t, history)
      .when({ by: 'VN', type: 'refused', data: { grounds: ['torture-risk', 'own-national'] } })
      .thenStands('refused');
    t.same(stateOf(refused).refusalGrounds, ['torture-risk', 'own-national']);
    scenario(t, refused)
      .when({ by: 'VN', type: 'released', data: { cause: 'refused' } })
      .thenStands('released');
    scenario(t, refused).when({ type: 'closed' }).thenStands('closed');
  }
  scenario(t, given(captured))
    .when({ by: 'VN', type: 'refused', data: { grounds: [] } })
    .thenRefused('invalid', /at least 1 entry/, '/data/grounds');
  scenario(t, given(captured))
    .when({ by: 'VN', type: 'refused', data: { grounds: ['inconvenient'] } })
    .thenRefused('invalid', /a ground for refusal: political, military/, '/data/grounds/0');
});

t.test('a surrender is postponed and goes on where it stood', async (t) => {
  for (const [history, stood] of [
    [given(approved), 'transfer-approved'],
    [given(transferred), 'transferred'],
  ] as const) {
    const postponed = scenario(t, history)
      .when({ by: 'VN', type: 'postponed', data: { until: '2024-09-01' } })
      .thenStands('postponed');
    scenario(t, postponed)
      .when({ type: 'handed-over-at-border-pass', data: handover })
      .thenRefused('out-of-order', /postponed/, '/type');
    scenario(t, postponed).when({ by: 'VN', type: 'resumed' }).thenStands(stood);
  }
});

t.test('a temporary surrender and its return count in neither direction', async (t) => {
  const dates = { handoverDate: '2024-01-01', returnDue: '2024-03-01', pass: 'dongxing' };
  const away = scenario(t, given(approved))
    .when({ type: 'temporarily-surrendered', data: dates })
    .thenStands('temporarily-surrendered');
  t.equal(stateOf(away).returnDue, '2024-03-01');
  scenario(t, away)
    .when({ type: 'closed' })
    .thenRefused('out-of-order', /temporarily-surrendered/, '/type');

  const back = scenario(t, away)
    .when({ type: 'returned-from-temporary-surrender', occurredAt: '2024-02-20', data: { handoverDate: '2024-02-20' } })
    .thenStands('transfer-approved');
  t.equal(stateOf(back).returnDue, undefined);
  t.same(stateOf(back).handovers, [], 'neither has a line');

  const final = scenario(t, back)
    .when({ type: 'handed-over-at-border-pass', occurredAt: '2024-04-01', data: { handoverDate: '2024-04-01' } })
    .thenStands('handed-over');
  t.equal(stateOf(final).handovers.length, 1);
});

t.test('a postponed surrender is interrupted by a temporary one, and goes back to being postponed', async (t) => {
  const away = given(
    [
      { by: 'VN', type: 'postponed' },
      { type: 'temporarily-surrendered', data: { handoverDate: '2024-01-01', returnDue: '2024-03-01' } },
    ],
    { from: given(approved) },
  );
  const back = scenario(t, away)
    .when({ type: 'returned-from-temporary-surrender', data: { handoverDate: '2024-01-01' } })
    .thenStands('postponed');
  scenario(t, back).when({ by: 'VN', type: 'resumed' }).thenStands('transfer-approved');
});

t.test('who escapes during a temporary surrender owes no return any more', async (t) => {
  const away = given(
    [{ type: 'temporarily-surrendered', data: { handoverDate: '2024-01-01', returnDue: '2024-03-01' } }],
    {
      from: given(approved),
    },
  );
  const escaped = scenario(t, away).when({ by: 'CN', type: 'escaped' }).thenStands('escaped');
  t.equal(stateOf(escaped).returnDue, undefined);
});

t.test('the warrant is withdrawn by the side that wants the person, before the handover only', async (t) => {
  for (const history of [given(reported), given(captured), given(transferred)]) {
    const withdrawn = scenario(t, history).when({ type: 'warrant-withdrawn' }).thenStands('warrant-withdrawn');
    scenario(t, withdrawn)
      .when({ by: 'VN', type: 'released', data: { cause: 'request-withdrawn' } })
      .thenStands('released');
  }
  scenario(t, given(captured))
    .when({ by: 'VN', type: 'warrant-withdrawn' })
    .thenRefused('wrong-side', /requesting party \(CN\)/, '/statedBy');
  scenario(t, given(handedOver))
    .when({ type: 'warrant-withdrawn' })
    .thenRefused('out-of-order', /handed-over/, '/type');
});

t.test(
  'the arrested person was taken for another: whoever holds them lets them go, and the search goes on',
  async (t) => {
    const mistaken = scenario(t, given(captured))
      .when({ by: 'VN', type: 'mistaken-identity' })
      .thenStands('mistaken-identity');
    scenario(t, mistaken)
      .when({ by: 'VN', type: 'released', data: { cause: 'not-the-person' } })
      .thenStands('released');
    scenario(t, mistaken).when({ type: 'located' }).thenStands('located');

    const afterHandover = scenario(t, given(handedOver))
      .when({ type: 'mistaken-identity' })
      .thenStands('mistaken-identity');
    scenario(t, afterHandover)
      .when({ by: 'CN', type: 'released', data: { cause: 'not-the-person' } })
      .thenStands('released');
  },
);

t.test('another used the identity of the person: that is not the same as being taken for another', async (t) => {
  const misused = scenario(t, given(captured)).when({ type: 'identity-misused' }).thenStands('identity-misused');
  scenario(t, misused)
    .when({ type: 'located' })
    .thenRefused('out-of-order', /identity-misused/, '/type');
  scenario(t, misused)
    .when({ by: 'VN', type: 'released', data: { cause: 'not-the-person' } })
    .thenStands('released');
  scenario(t, misused).when({ type: 'closed' }).thenStands('closed');
});

t.test('nobody comes for the person on the agreed day', async (t) => {
  const agreed = given([{ type: 'handover-agreed', data: { agreedDate: '2024-03-08', pass: 'dongxing' } }], {
    from: given(transferred),
  });
  t.same(stateOf(agreed).agreedHandover, { date: '2024-03-08', pass: 'dongxing' });
  const waiting = scenario(t, agreed)
    .when({ by: 'VN', type: 'not-collected', occurredAt: '2024-03-23', data: { agreedDate: '2024-03-08' } })
    .thenStands('not-collected');
  scenario(t, waiting)
    .when({ by: 'VN', type: 'released', occurredAt: '2024-03-24', data: { cause: 'not-collected' } })
    .thenStands('released');
  scenario(t, waiting)
    .when({ by: 'VN', type: 'refused', occurredAt: '2024-03-24', data: { grounds: ['time-bar'] } })
    .thenStands('refused');
  const anew = scenario(t, waiting)
    .when({ type: 'handover-agreed', occurredAt: '2024-03-24', data: { agreedDate: '2024-03-30' } })
    .thenStands('not-collected');
  scenario(t, anew)
    .when({ type: 'handed-over-at-border-pass', occurredAt: '2024-03-30', data: { handoverDate: '2024-03-30' } })
    .thenStands('handed-over');
});

t.test('the handover is refused at the line', async (t) => {
  for (const cause of ['no-show', 'identity-in-doubt']) {
    const refused = scenario(t, given(transferred))
      .when({ type: 'handover-refused', data: { cause } })
      .thenStands('handover-refused');
    t.same(stateOf(refused).handovers, []);
    scenario(t, refused).when({ by: 'VN', type: 'postponed' }).thenStands('postponed');
    scenario(t, refused).when({ by: 'VN', type: 'transferred' }).thenStands('transferred');
    scenario(t, refused).when({ type: 'handed-over-at-border-pass', data: handover }).thenStands('handed-over');
  }
});

t.test('the person dies, wherever the case stands', async (t) => {
  for (const history of [given(reported), given(captured), given(transferred), given(handedOver)]) {
    const dead = scenario(t, history).when({ by: 'VN', type: 'died' }).thenStands('died');
    scenario(t, dead)
      .when({ type: 'located' })
      .thenRefused('out-of-order', /the case is died.*closed/s, '/type');
    scenario(t, dead).when({ type: 'closed' }).thenStands('closed');
  }
});

t.test('a closed case is reopened where it stood', async (t) => {
  const closed = given([{ type: 'closed' }], { from: given(acknowledged) });
  scenario(t, closed)
    .when({ type: 'escaped' })
    .thenRefused('out-of-order', /reopened/, '/type');
  scenario(t, closed)
    .when({ type: 'reopened' })
    .thenRefused('invalid', /is required: expected a text/, '/data/reason');
  const reopened = scenario(t, closed)
    .when({ type: 'reopened', data: { reason: 'the person escaped' } })
    .thenStands('receipt-acknowledged');
  scenario(t, reopened).when({ type: 'escaped' }).thenStands('escaped');
});

t.test('a case that is under way cannot be closed', async (t) => {
  for (const history of [given(reported), given(captured), given(handedOver)]) {
    scenario(t, history)
      .when({ type: 'closed' })
      .thenRefused('out-of-order', /closed follows on receipt-acknowledged/, '/type');
  }
});

t.test('what belongs to another kind is told apart from what comes too early', async (t) => {
  scenario(t, given(captured))
    .when({ type: 'repatriation-declined' })
    .thenRefused('unknown-event-type', /a fugitive case has no event repatriation-declined/, '/type');
  scenario(t, given(captured))
    .when({ type: 'beamed-up' })
    .thenRefused('unknown-event-type', /beamed-up/, '/type');
  scenario(t, given(reported))
    .when({ by: 'VN', type: 'transferred' })
    .thenRefused('out-of-order', /transferred follows on transfer-approved.*located, captured/s, '/type');
});

t.test('requests and assurances go on record and leave the case where it stands', async (t) => {
  scenario(t, given(captured))
    .when({ type: 'surrender-requested', data: { reference: 'request 3' } })
    .thenStands('captured');
  scenario(t, given(captured))
    .when({ type: 'assurance-given', data: { subject: 'death-penalty', reference: 'note 12' } })
    .thenStands('captured');
  scenario(t, given(captured))
    .when({ by: 'VN', type: 'assurance-given', data: { subject: 'death-penalty', reference: 'note 12' } })
    .thenRefused('wrong-side', /requesting party/, '/statedBy');
  scenario(t, given(captured))
    .when({ by: 'VN', type: 'consular-notified', data: { notifiedOn: '2024-01-01' } })
    .thenStands('captured');
  scenario(t, given(captured))
    .when({ by: 'VN', type: 'interpreter-assigned', data: { language: 'zh-Hans' } })
    .thenStands('captured');
  scenario(t, given(captured))
    .when({ by: 'VN', type: 'interpreter-assigned', data: { language: 'Mandarin' } })
    .thenRefused('invalid', /BCP 47/, '/data/language');
});

t.test('a case is put into an incident and shared with offices', async (t) => {
  const grouped = scenario(t, given(captured))
    .when({ type: 'incident-assigned', data: { incident: 'compound-7' } })
    .thenStands('captured');
  t.equal(stateOf(grouped).incident, 'compound-7');
  const shared = given(
    [
      { type: 'shared-with', data: { offices: ['VN-04-BLO'] } },
      { type: 'shared-with', data: { offices: ['VN-04-BLO', 'CN-GX-BLO'] } },
    ],
    { from: grouped },
  );
  t.same(stateOf(shared).sharedWith, ['VN-04-BLO', 'CN-GX-BLO']);
});
