import t from 'tap';
import type { CaseHistory } from '../../../domain/case/history.ts';
import { eventId, given, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, handover } from '../../support/ordinary-ways.ts';
import { annul, correct, handedOver, late, reason, typesOf } from '../../support/putting-right.ts';

t.test('an event that is recorded late', async (t) => {
  t.test('takes its place after the one that it names', async (t) => {
    const known = scenario(t, handedOver)
      .when(late(2, 'surrender-requested', { reference: 'request 3' }))
      .thenStands('handed-over');
    t.same(typesOf(known).slice(1, 5), ['located', 'captured', 'surrender-requested', 'identity-verified']);
    t.equal(known.effective[3]?.id, eventId(8), 'under the id of the event that brought it in');
    t.equal(known.effective[3]?.occurredAt, '2024-01-01');
  });

  t.test('changes where the case stands if it is the last', async (t) => {
    scenario(t, handedOver).when(late(7, 'receipt-acknowledged')).thenStands('receipt-acknowledged');
    scenario(t, handedOver).when(late(7, 'escaped')).thenStands('escaped');
  });

  t.test('may be a handover, which then counts', async (t) => {
    const annulled = given([annul(7)], { from: handedOver });
    const counted = scenario(t, annulled)
      .when(late(6, 'handed-over-at-border-pass', handover))
      .thenStands('handed-over');
    t.match(stateOf(counted).handovers, [{ eventId: eventId(9), handoverDate: '2024-01-01' }]);
  });

  t.test('can be told before or after another late one, by what each names', async (t) => {
    const one = given([late(1, 'located', { province: 'VN-04' })], { from: handedOver });
    const provincesOf = (history: CaseHistory) =>
      history.effective.flatMap(({ type, data }) => (type === 'located' && 'province' in data ? [data.province] : []));
    const before = given([late(1, 'located', { province: 'VN-09' })], { from: one });
    t.same(provincesOf(before), ['VN-09', 'VN-04'], 'after the same event: before what came there earlier');
    const after = given([late(8, 'located', { province: 'VN-09' })], { from: one });
    t.same(provincesOf(after), ['VN-04', 'VN-09'], 'after the late one itself');
  });

  t.test('is corrected and annulled like any other', async (t) => {
    const known = given([late(1, 'located', { province: 'VN-04' })], { from: handedOver });
    const corrected = given([correct(8, { province: 'VN-09', note: 'at the station' }, { occurredAt: '2024-01' })], {
      from: known,
    });
    t.match(corrected.effective[2], {
      type: 'located',
      occurredAt: '2024-01',
      data: { province: 'VN-09', note: 'at the station' },
    });
    t.match(corrected.recorded.at(-1)?.data, {
      eventType: 'located',
      changes: { province: 'VN-09' },
      sealedChanges: { note: 'at the station' },
    });
    t.same(typesOf(given([annul(8)], { from: corrected })), typesOf(handedOver));
  });

  t.test('keeps its place when the event that it names is annulled', async (t) => {
    const known = given([late(1, 'located', { province: 'VN-04' }), annul(1)], { from: handedOver });
    t.same(typesOf(known).slice(0, 3), ['reported', 'located', 'captured']);
  });

  t.test('is refused for the same reasons as one in time, which point into it', async (t) => {
    scenario(t, handedOver)
      .when(late(2, 'transferred'))
      .thenRefused('out-of-order', /here the case is captured/, '/data/event/type');
    scenario(t, handedOver)
      .when(late(3, check.type, check.data))
      .thenRefused('wrong-side', /delivering party \(VN\)/, '/statedBy');
    scenario(t, handedOver)
      .when({ by: 'VN', ...late(3, check.type, check.data) })
      .thenStands('handed-over');
    scenario(t, handedOver)
      .when(late(1, 'located', { province: 'VN-99' }))
      .thenRefused('invalid', /the code of a province/, '/data/event/data/province');
    scenario(t, handedOver)
      .when(late(1, 'beamed-up'))
      .thenRefused('unknown-event-type', /beamed-up/, '/data/event/type');
    scenario(t, handedOver)
      .when(late(1, 'located', {}, '2030-01'))
      .thenRefused('in-the-future', /2030-01/, '/data/event/occurredAt');
    scenario(t, handedOver)
      .when(late(1, 'located', {}, 'lately'))
      .thenRefused('invalid', /as exactly as it is known/, '/data/event/occurredAt');
    scenario(t, handedOver)
      .when(late(42, 'located'))
      .thenRefused('no-such-event', /has no event/, '/data/after');
    scenario(t, handedOver)
      .when(late(7, 'handed-over-at-border-pass', handover))
      .thenRefused('out-of-order', /here the case is handed-over/, '/data/event/type');
  });

  t.test('is refused where what came after could not have followed', async (t) => {
    scenario(t, handedOver)
      .when({ by: 'VN', ...late(2, 'escaped') })
      .thenRefused('impossible-history', /with this, identity-verified of 2024-01-01 .*here the case is escaped/);
    scenario(t, handedOver)
      .when(late(1, 'located', {}, '2024-01-09'))
      .thenRefused('impossible-history', /captured of 2024-01-01 .*is before 2024-01-09/);
  });

  t.test('cannot put the record right, nor merge: that is done as of now', async (t) => {
    for (const [type, data] of [
      ['corrected', { eventId: eventId(1), changes: {}, reason }],
      ['annulled', { eventId: eventId(1), reason }],
      ['merged', { into: eventId(99), reason }],
      ['unmerged', { reason }],
    ] as const) {
      scenario(t, handedOver)
        .when(late(1, type, data))
        .thenRefused('invalid', /record it by itself, as of now/, '/data/event/type');
    }
  });

  t.test('is the word of the one who states it late', async (t) => {
    const told = { ...late(3, check.type, check.data), statedBy: { office: 'VN-04-BLO', document: 'letter 9' } };
    const known = scenario(t, handedOver)
      .when({ by: 'CN', ...told })
      .thenStands('handed-over');
    t.match(known.effective[4], { type: check.type, statedBy: { office: 'VN-04-BLO' }, recordedBy: { side: 'CN' } });
    scenario(t, known)
      .when({ by: 'CN', ...annul(8) })
      .thenRefused('wrong-side', /the word of VN/, '/statedBy');
  });

  t.test('is stored with its sealed data apart', async (t) => {
    const known = given([{ by: 'VN', ...late(3, check.type, check.data) }], { from: handedOver });
    const { decidedBy, basis, ...open } = check.data as Record<string, unknown>;
    t.same(known.recorded.at(-1)?.data, {
      after: eventId(3),
      event: { type: check.type, occurredAt: '2024-01-01', data: open },
      sealedData: { decidedBy, basis },
      reason,
    });
  });
});
