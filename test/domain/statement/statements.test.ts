import t from 'tap';
import { FIGURES } from '../../../domain/reference/figures.ts';
import { statements } from '../../../domain/statement/kind.ts';
import { eventId } from '../../support/case-scenario.ts';
import { givenRegister, registerScenario } from '../../support/register-scenario.ts';

/** 2017 up to the report in its last quarter. */
const published = (more: object = {}) => ({
  occurredAt: '2017-11',
  particulars: {
    figure: 'fugitive.handed-over.VN-CN',
    bound: '=',
    value: 23,
    unit: 'persons',
    period: { from: '2017-01-01', to: '2017-11' },
    scope: { level: 'offices', offices: ['CN-MPS'] },
    wording: '23 fugitives were handed over to China',
    publisher: 'Liaison bureau',
    publication: 'Report of the last quarter of 2017',
    ...more,
  },
});

t.test('a published figure is kept with its bound, unit, period, scope and source', async (t) => {
  const state = registerScenario(t, statements).when(published()).thenStands('published');
  t.match(statements.document('id', 0, state), { ...published().particulars, openedBy: 'CN-MPS' });
  const more = {
    figure: 'trafficking-victim.rescued',
    bound: '>',
    value: 1000,
    scope: { level: 'national' },
    period: { from: '2010' },
  };
  registerScenario(t, statements).when(published(more)).thenStands('published');
  const { period: _, ...undated } = published().particulars;
  registerScenario(t, statements)
    .when({ ...published(), particulars: undated })
    .thenStands('published');
});

t.test('a statement that says nothing, or two things, is none', async (t) => {
  for (const [more, pointer, message] of [
    [{ figure: 'fugitives' }, '/figure', /the code of a published figure/],
    [{ unit: 'kg' }, '/unit', /fugitive\.handed-over\.VN-CN is given in persons/],
    [{ value: 23.5 }, '/value', /whole numbers/],
    [{ value: -1 }, '/value', /./],
    [{ value: 1e300 }, '/value', /at most 1000000000000/],
    [{ bound: '<' }, '/bound', /more than/],
    [{ period: {} }, '/period', /`from` or `to`/],
    [{ period: { from: '0000' } }, '/period/from', /from 1900 to 2199/],
    [{ publisher: '' }, '/publisher', /some text/],
    [{ scope: { level: 'provinces', provinces: ['VN-04', 'VN-04'] } }, '/scope/provinces', /each once/],
    [{ period: { from: '2018-01', to: '2017-12' } }, '/period/to', /not before/],
    [{ period: { from: '2010-1' } }, '/period/from', /a date such as/],
    [{ scope: { level: 'provinces' } }, '/scope/provinces', /say which provinces/],
    [{ scope: { level: 'national', offices: ['CN-MPS'] } }, '/scope/offices', /has no offices/],
    [{ scope: { level: 'provinces', provinces: ['VN-99'] } }, '/scope/provinces/0', /a province/],
  ] as const) {
    registerScenario(t, statements).when(published(more)).thenRefused('invalid', message, pointer);
  }
  registerScenario(t, statements)
    .when(
      published({
        figure: 'drugs.ketamine-seized',
        unit: 't',
        value: 1.4,
        scope: { level: 'operation', operation: 'Khánh Hòa' },
      }),
    )
    .thenStands('published');
});

t.test('what was read wrongly is corrected, what was said anew is superseded', async (t) => {
  const history = givenRegister(statements, [published()]);
  const correct = (changes: object) => ({
    type: 'corrected',
    occurredAt: '2018-01-01',
    data: { eventId: eventId(0), changes, reason: 'Misread' },
  });
  const corrected = registerScenario(t, statements, history)
    .when(correct({ value: 24 }))
    .thenStands('published');
  t.equal(corrected.entries.value, 24);
  registerScenario(t, statements, history)
    .when(correct({ unit: 'kg' }))
    .thenRefused('invalid', /given in persons/, '/data/changes/unit');
  const supersede = { type: 'superseded', occurredAt: '2018-01-01', data: { supersededBy: eventId(9) } };
  const superseded = registerScenario(t, statements, history).when(supersede).thenStands('superseded');
  t.equal(superseded.entries.supersededBy, eventId(9));
  const ofAnother = { eventId: eventId(1), changes: { supersededBy: eventId(8) }, reason: 'Misread' };
  const again = registerScenario(t, statements, givenRegister(statements, [published(), supersede]))
    .when({ type: 'corrected', occurredAt: '2018-01-01', data: ofAnother })
    .thenStands('superseded');
  t.equal(again.entries.supersededBy, eventId(8), 'also what followed on the statement');
});

t.test('every figure has a unit, and one that says a direction ends with it', async (t) => {
  for (const { code, units, direction } of FIGURES) {
    t.ok(units.length > 0, code);
    t.equal(/(VN-CN|CN-VN)$/.exec(code)?.[0], direction, code);
  }
});
