import t from 'tap';
import { foldHistory } from '../../../domain/case/history.ts';
import { personOf } from '../../../domain/case/person-of.ts';
import { eventId, given, person, scenario, stateOf } from '../../support/case-scenario.ts';
import { ordinaryWays } from '../../support/ordinary-ways.ts';
import { annul, correct, handedOver, reason } from '../../support/putting-right.ts';

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
