import t from 'tap';
import { type CaseHistory, foldHistory } from '../../../domain/case/history.ts';
import { personOf } from '../../../domain/case/person-of.ts';
import { enteredByChina, eventId, given, person, type Step, scenario, stateOf } from '../../support/case-scenario.ts';
import { check, handover, ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const reason = 'the fax was misread';
const correct = (target: number, changes: object, more: object = {}): Step => ({
  type: 'corrected',
  data: { eventId: eventId(target), changes, reason, ...more },
});
const annul = (target: number): Step => ({ type: 'annulled', data: { eventId: eventId(target), reason } });
const late = (after: number, type: string, data: object = {}, occurredAt = '2024-01-01'): Step => ({
  type: 'recorded-late',
  data: { after: eventId(after), event: { type, occurredAt, data }, reason },
});

const typesOf = ({ effective }: CaseHistory) => effective.map(({ type }) => type);

/** 0 reported, 1 located, 2 captured (VN), 3 identified, 4 checked (VN), 5 approved (VN), 6 transferred (VN), 7 handed over */
const handedOver = given(wayTo('fugitive', 'handed-over-at-border-pass'));

t.test('a correction', async (t) => {
  t.test('changes the event as it reads, and leaves what was recorded', async (t) => {
    const corrected = scenario(t, handedOver)
      .when(correct(7, { pass: 'dongxing', handoverDate: '2024-01-02' }, { occurredAt: '2024-01-02' }))
      .thenStands('handed-over');
    t.match(stateOf(corrected).handovers, [{ handoverDate: '2024-01-02', pass: 'dongxing', occurredAt: '2024-01-02' }]);
    t.same(corrected.recorded[7], handedOver.recorded[7]);
    t.same(corrected.effective[7]?.correctedBy, [eventId(8)]);
    t.equal(corrected.effective.length, handedOver.effective.length);
  });

  t.test('of an event that was corrected before goes on from there', async (t) => {
    const twice = given([correct(7, { pass: 'dongxing' }), correct(7, { handoverDate: '2024-01' })], {
      from: handedOver,
    });
    t.match(stateOf(twice).handovers, [{ pass: 'dongxing', handoverDate: '2024-01' }]);
    t.same(twice.effective[7]?.correctedBy, [eventId(8), eventId(9)]);
    const back = given([correct(7, { pass: 'youyi-guan' })], { from: twice });
    t.match(stateOf(back).handovers, [{ pass: 'youyi-guan', handoverDate: '2024-01' }]);
  });

  t.test('that was a mistake itself is annulled, and the one before it holds again', async (t) => {
    const twice = given([correct(7, { pass: 'dongxing' }), correct(7, { pass: 'hekou' })], { from: handedOver });
    t.equal(stateOf(given([annul(9)], { from: twice })).handovers[0]?.pass, 'dongxing');
    t.equal(stateOf(given([annul(8)], { from: twice })).handovers[0]?.pass, 'hekou');
    t.equal(stateOf(given([annul(8), annul(9)], { from: twice })).handovers[0]?.pass, 'youyi-guan');
    scenario(t, twice)
      .when(correct(8, { pass: 'shuikou' }))
      .thenRefused('no-such-event', /has no event .*8; it has .*\(reported\)/, '/data/eventId');
  });

  t.test('takes an optional field away with null, and no other', async (t) => {
    const unnamed = scenario(t, handedOver)
      .when(correct(7, { pass: null }))
      .thenStands('handed-over');
    t.equal(stateOf(unnamed).handovers[0]?.pass, undefined);
    scenario(t, handedOver)
      .when(correct(7, { handoverDate: null }))
      .thenRefused('invalid', /expected a text/, '/data/changes/handoverDate');
  });

  t.test('that would make the history impossible is refused, with what could not have happened', async (t) => {
    scenario(t, handedOver)
      .when(correct(1, {}, { occurredAt: '2024-01-05' }))
      .thenRefused(
        'impossible-history',
        /captured of 2024-01-01 \(event .*2\) could not have happened: 2024-01-01 is before 2024-01-05/,
      );
    scenario(t, handedOver)
      .when({ by: 'VN', ...correct(4, { outcome: 'bar' }) })
      .thenRefused('impossible-history', /transfer-approved of .* found a bar/);
    scenario(t, handedOver)
      .when(correct(7, { handoverDate: '2024-02-01' }))
      .thenRefused('impossible-history', /does not go with the time of the handover/, '/data/changes/handoverDate');
    scenario(t, handedOver)
      .when(correct(0, {}, { occurredAt: '2030-01-01' }))
      .thenRefused('impossible-history', /2030-01-01 is in the future/, '/data/occurredAt');
  });

  t.test('is not judged by what was accepted before under other rules', async (t) => {
    // Shuolong was opened in 2025: as if the ledger had not known that when the handover of 2024 was recorded.
    const atShuolong = foldHistory(
      handedOver.recorded.map((event) =>
        event.type === 'handed-over-at-border-pass' ? { ...event, data: { ...event.data, pass: 'shuolong' } } : event,
      ),
    );
    scenario(t, atShuolong)
      .when(correct(1, { note: 'in a boarding house' }))
      .thenStands('handed-over');
    scenario(t, atShuolong)
      .when(correct(7, { handoverDate: '2024-01-01/2024-01-02' }))
      .thenStands('handed-over');
    scenario(t, atShuolong)
      .when(correct(7, { pass: 'shuolong', handoverDate: '2024-01' }))
      .thenRefused('impossible-history', /2025-02-27/, '/data/changes/pass');
    scenario(t, atShuolong)
      .when(correct(1, {}, { occurredAt: '2024-01-05' }))
      .thenRefused('impossible-history', /captured of 2024-01-01/);
    scenario(t, handedOver)
      .when(correct(7, { pass: 'shuolong' }))
      .thenRefused('impossible-history', /2025-02-27/, '/data/changes/pass');
  });

  t.test('changes something', async (t) => {
    scenario(t, handedOver)
      .when(correct(7, { pass: 'youyi-guan' }, { occurredAt: '2024-01-01' }))
      .thenRefused('invalid', /something else than what the event says already/, '/data/changes');
    scenario(t, handedOver)
      .when(correct(7, { legalBasis: null }))
      .thenRefused('invalid', /something else than what the event says already/, '/data/changes');
  });

  t.test('is for the side whose word the event was', async (t) => {
    scenario(t, handedOver)
      .when({ by: 'CN', ...correct(5, { legalBasis: 'deportation' }) })
      .thenRefused('wrong-side', /the word of VN, so this is for VN to put right/, '/statedBy');
    scenario(t, handedOver)
      .when({ by: 'VN', ...correct(5, { legalBasis: 'deportation' }) })
      .thenStands('handed-over');
    const told = { ...correct(5, { legalBasis: 'deportation' }), statedBy: { office: 'VN-MPS', document: 'letter 4' } };
    scenario(t, handedOver)
      .when({ by: 'CN', ...told })
      .thenStands('handed-over');
  });

  t.test('has fields and values of the event that it corrects, and at least one', async (t) => {
    scenario(t, handedOver)
      .when(correct(7, { province: 'VN-09' }))
      .thenRefused('invalid', /unknown field "province"/, '/data/changes/province');
    scenario(t, handedOver)
      .when(correct(7, { pass: 'khyber' }))
      .thenRefused('invalid', /the code of a border pass/, '/data/changes/pass');
    scenario(t, handedOver)
      .when(correct(7, {}))
      .thenRefused('invalid', /give what is corrected in `changes` or `occurredAt`/, '/data/changes');
    scenario(t, handedOver)
      .when({ type: 'corrected', data: { eventId: eventId(7), changes: { pass: null } } })
      .thenRefused('invalid', /is required/, '/data/reason');
    scenario(t, handedOver)
      .when({ type: 'corrected', data: { eventId: 'the last one', changes: {}, reason } })
      .thenRefused('invalid', /the id of an event of this record/, '/data/eventId');
  });

  t.test('is stored with its open changes apart from the sealed ones', async (t) => {
    const corrected = given([correct(7, { pass: 'dongxing', note: 'at dusk', minutes: { number: 'B-3' } })], {
      from: handedOver,
    });
    t.same(corrected.recorded.at(-1)?.data, {
      eventId: eventId(7),
      eventType: 'handed-over-at-border-pass',
      changes: { pass: 'dongxing' },
      sealedChanges: { note: 'at dusk', minutes: { number: 'B-3' } },
      reason,
    });
    t.match(corrected.effective[7]?.data, { pass: 'dongxing', note: 'at dusk', minutes: { number: 'B-3' } });
  });

  t.test('cannot itself lie in the future', async (t) => {
    scenario(t, handedOver)
      .when({ ...correct(7, { pass: null }), occurredAt: '2030-01-01' })
      .thenRefused('in-the-future', /2030-01-01/, '/occurredAt');
  });
});

t.test('what a case was opened with', async (t) => {
  const [opening] = ordinaryWays.fugitive;
  const { person: _, ...particulars } = opening.particulars as Record<string, unknown>;

  t.test('is corrected as a whole, but for the kind', async (t) => {
    const corrected = scenario(t, handedOver)
      .when(correct(0, { case: { ...particulars, offences: [{ iccs: '0701' }], incident: 'affair-1' } }))
      .thenStands('handed-over');
    t.match(stateOf(corrected), { offences: [{ iccs: '0701' }], incident: 'affair-1' });
    scenario(t, handedOver)
      .when(correct(0, { case: { ...particulars, kind: 'suspect' } }))
      .thenRefused(
        'invalid',
        /the kind of a case cannot be corrected: annul its first event/,
        '/data/changes/case/kind',
      );
    scenario(t, handedOver)
      .when(correct(0, { case: null }))
      .thenRefused('invalid', /object/, '/data/changes/case');
  });

  t.test('is refused where the safeguards of the history would not have let it pass', async (t) => {
    scenario(t, handedOver)
      .when(correct(0, { case: { ...particulars, minor: true } }))
      .thenRefused('impossible-history', /transfer-approved.*guardian/);
    scenario(t, handedOver)
      .when(correct(0, { case: { ...particulars, requestingParty: 'VN' } }))
      .thenRefused('impossible-history', /reported .* is for the requesting party \(VN\)/);
  });

  t.test('keeps a person, who can be corrected and not taken away', async (t) => {
    const names = [{ text: 'N. V. B.', script: 'Latn', role: 'native' }];
    const corrected = given([correct(0, { person: { ...person, names } })], { from: handedOver });
    t.same(personOf(corrected.effective)?.person.names, names);
    t.notOk(
      'changes' in (corrected.recorded.at(-1)?.data ?? {}) &&
        JSON.stringify(corrected.recorded.at(-1)?.data).includes('"changes":{"person"'),
    );
    scenario(t, handedOver)
      .when(correct(0, { person: null }))
      .thenRefused('invalid', /object/, '/data/changes/person');
  });

  t.test('cannot be slipped into a later event', async (t) => {
    for (const field of ['case', 'person', 'caseNumbers', 'warrantNumber']) {
      scenario(t, handedOver)
        .when({ by: 'VN', ...correct(2, { [field]: null }) })
        .thenRefused('invalid', /unknown field/, `/data/changes/${field}`);
    }
  });
});

t.test('an annulment', async (t) => {
  t.test('takes an event back, and the case stands where it stood before', async (t) => {
    const annulled = scenario(t, handedOver).when(annul(7)).thenStands('transferred');
    t.same(stateOf(annulled).handovers, []);
    t.equal(annulled.recorded.length, 9, 'what was recorded stays');
    scenario(t, annulled).when({ type: 'handed-over-at-border-pass', data: handover }).thenStands('handed-over');
  });

  t.test('of an event on which others rest is refused', async (t) => {
    scenario(t, handedOver)
      .when({ by: 'VN', ...annul(4) })
      .thenRefused('impossible-history', /transfer-approved of .* no protection check/);
    scenario(t, handedOver)
      .when({ by: 'VN', ...annul(2) })
      .thenRefused('impossible-history', /identity-verified.*here the case is located/);
  });

  t.test('is for the side whose word the event was', async (t) => {
    scenario(t, handedOver)
      .when({ by: 'VN', ...annul(7) })
      .thenRefused('wrong-side', /the word of CN/, '/statedBy');
  });

  t.test('is made once, of an event that is there, and not of an annulment', async (t) => {
    const annulled = given([annul(7)], { from: handedOver });
    scenario(t, annulled)
      .when(annul(7))
      .thenRefused('no-such-event', /the history as it reads now has no event/, '/data/eventId');
    scenario(t, annulled)
      .when(annul(8))
      .thenRefused('no-such-event', /has no event/, '/data/eventId');
    scenario(t, annulled)
      .when(annul(42))
      .thenRefused('no-such-event', /has no event/, '/data/eventId');
    scenario(t, annulled)
      .when(correct(7, { pass: null }))
      .thenRefused('no-such-event', /has no event/, '/data/eventId');
  });

  t.test('of the event that opened the case takes back the whole case, for good', async (t) => {
    const entered = given(enteredByChina(wayTo('fugitive', 'handed-over-at-border-pass')));
    const annulled = scenario(t, entered).when(annul(0)).thenStands('annulled');
    t.same(annulled.effective, []);
    t.same(stateOf(annulled).handovers, [], 'none of its handovers counts');
    t.equal(stateOf(annulled).kind, 'fugitive', 'it can still be found');
    scenario(t, annulled)
      .when({ type: 'closed' })
      .thenRefused('out-of-order', /annulled.*nothing/, '/type');
    for (const step of [annul(1), correct(7, { pass: null }), late(1, 'located')]) {
      scenario(t, annulled)
        .when(step)
        .thenRefused('out-of-order', /the case was annulled; open a new one/, '/type');
    }
  });
});

t.test('a case is not annulled over the head of the side that recorded something of it itself', async (t) => {
  scenario(t, handedOver)
    .when(annul(0))
    .thenRefused('wrong-side', /with what VN has recorded of it \(captured/, '/data/eventId');
});

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
