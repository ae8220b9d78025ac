import t from 'tap';
import { given, scenario } from '../../support/case-scenario.ts';
import { handover, ordinaryWays, wayTo } from '../../support/ordinary-ways.ts';

const NOW = '2025-09-01T00:00:00.000Z';
const reported = given(wayTo('fugitive', 'reported'));
const transferred = given(wayTo('fugitive', 'transferred'));

t.test('a province is one on the day of the event', async (t) => {
  const located = (province: string, occurredAt: string) => ({ type: 'located', occurredAt, data: { province } });
  scenario(t, reported, NOW).when(located('VN-03', '2025-06-30')).thenStands('located');
  scenario(t, reported, NOW)
    .when(located('VN-03', '2025-07-01'))
    .thenRefused(
      'reference-not-valid',
      /province VN-03 is valid until 2025-07-01 \(exclusive\), not on 2025-07-01/,
      '/data/province',
    );
  scenario(t, reported, NOW).when(located('VN-07', '2025-07-01')).thenStands('located');
  scenario(t, reported, NOW).when(located('VN-03', '2025-06')).thenStands('located');
  scenario(t, reported, NOW)
    .when(located('VN-03', '2025-07'))
    .thenRefused('reference-not-valid', /between 2025-07-01 and 2025-07-31/, '/data/province');
  scenario(t, reported, NOW).when(located('VN-03', '2025-06-30T23:00:00+07:00')).thenStands('located');
});

t.test('codes that nobody knows are refused with those that there are', async (t) => {
  scenario(t, reported)
    .when({ type: 'located', data: { province: 'VN-99' } })
    .thenRefused('invalid', /the code of a province.*CN-GX/, '/data/province');
  scenario(t, transferred)
    .when({ type: 'handed-over-at-border-pass', data: { ...handover, pass: 'khyber' } })
    .thenRefused('invalid', /the code of a border pass: dongxing/, '/data/pass');
  const [opening] = ordinaryWays.fugitive;
  scenario(t, given([]))
    .when({ ...opening, particulars: { ...opening.particulars, offences: [{ iccs: '9999' }] } })
    .thenRefused('invalid', /the code of an offence/, '/offences/0/iccs');
  scenario(t, given([]))
    .when({ ...opening, particulars: { ...opening.particulars, requestingParty: 'LA' } })
    .thenRefused('invalid', /the code of a side: CN, VN/, '/requestingParty');
});

t.test('a pass that is open to the people of the two countries only takes handovers all the same', async (t) => {
  scenario(t, transferred)
    .when({ type: 'handed-over-at-border-pass', data: { ...handover, pass: 'longbang' } })
    .thenStands('handed-over');
});

t.test(
  'a pass is open on the day of the minutes, whatever the day on which the event is known to have been',
  async (t) => {
    const handOver = (handoverDate: string, occurredAt = handoverDate) => ({
      type: 'handed-over-at-border-pass',
      occurredAt,
      data: { handoverDate, pass: 'shuolong' },
    });
    scenario(t, transferred, NOW)
      .when(handOver('2025-02-26'))
      .thenRefused(
        'reference-not-valid',
        /border pass shuolong is valid from 2025-02-27, not on 2025-02-26/,
        '/data/pass',
      );
    scenario(t, transferred, NOW)
      .when(handOver('2025-02-26', '2025-02'))
      .thenRefused('reference-not-valid', /shuolong/, '/data/pass');
    scenario(t, transferred, NOW).when(handOver('2025-02-27')).thenStands('handed-over');
    scenario(t, transferred, NOW).when(handOver('2025-02', '2025-02-10')).thenStands('handed-over');
    scenario(t, transferred, NOW)
      .when({ type: 'handover-agreed', occurredAt: '2025-02-01', data: { agreedDate: '2025-03-01', pass: 'shuolong' } })
      .thenStands('transferred');
    scenario(t, given(wayTo('fugitive', 'transfer-approved')), NOW)
      .when({ by: 'VN', type: 'transferred', occurredAt: '2025-02-01', data: { pass: 'shuolong' } })
      .thenRefused('reference-not-valid', /not on 2025-02-01/, '/data/pass');
  },
);
