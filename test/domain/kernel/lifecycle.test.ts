import t from 'tap';
import { drawLifecycle } from '../../../domain/kernel/diagram.ts';
import { advance, type Lifecycle, openingsOf, rowsFrom, statesOf } from '../../../domain/kernel/lifecycle.ts';

type State = 'new' | 'asked-for' | 'granted' | 'on-hold';

const table: Lifecycle<State, string, string, string> = {
  name: 'loan',
  initial: 'new',
  rows: [
    { event: 'asked', from: ['new'], to: 'asked-for', by: 'reader', guards: [] },
    { event: 'noted', from: ['asked-for', 'on-hold'], to: 'unchanged', by: 'clerk', guards: [] },
    { event: 'granted', from: ['asked-for', 'on-hold'], to: 'granted', by: 'clerk', guards: [] },
    { event: 'held', from: ['asked-for', 'granted'], to: 'on-hold', by: 'clerk', guards: [], setsAside: true },
    { event: 'resumed', from: ['on-hold'], to: 'where-it-stood', by: 'clerk', guards: [] },
  ],
};
const [asked, noted, granted, held, resumed] = table.rows as [(typeof table.rows)[0], ...(typeof table.rows)[0][]];

t.test('a table names its states, what it begins with, and what leads on', async (t) => {
  t.same(statesOf(table), ['new', 'asked-for', 'on-hold', 'granted']);
  t.same(openingsOf(table), ['asked']);
  t.same(
    rowsFrom(table, 'on-hold').map(({ event }) => event),
    ['noted', 'granted', 'resumed'],
  );
});

t.test('a stream goes on, is set aside and comes back', async (t) => {
  const fresh = { state: 'new', stoodAt: [] } as const;
  const open = advance(fresh, asked);
  t.same(open, { state: 'asked-for', stoodAt: [] });
  t.same(advance(open, noted as never), open);
  const aside = advance(open, held as never);
  t.same(aside, { state: 'on-hold', stoodAt: ['asked-for'] });
  t.same(advance(aside, resumed as never), open);
  t.same(advance(aside, granted as never), { state: 'granted', stoodAt: [] }, 'or goes on from there for good');
});

t.test('a table is drawn, with one box for all ways back', async (t) => {
  t.equal(
    drawLifecycle(table),
    [
      'stateDiagram-v2',
      '  state "asked for" as asked_for',
      '  state "on hold" as on_hold',
      '  state "granted" as granted',
      '  state "where it stood" as where_it_stood',
      '  [*] --> asked_for: asked (reader)',
      '  asked_for --> granted: granted (clerk)',
      '  on_hold --> granted: granted (clerk)',
      '  asked_for --> on_hold: held (clerk)',
      '  granted --> on_hold: held (clerk)',
      '  on_hold --> where_it_stood: resumed (clerk)',
      '',
    ].join('\n'),
  );
});

t.test('what leads on from many states is drawn from one box', async (t) => {
  const row = (event: string, from: readonly string[], to: string) => ({ event, from, to, by: 'clerk', guards: [] });
  const open = ['a', 'b', 'c', 'd', 'e'];
  const drawn = drawLifecycle({
    name: 'loan',
    initial: 'new',
    rows: [
      row('asked', ['new'], 'a'),
      ...['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((state) => row(`went-to-${state}`, ['a'], state)),
      row('lost', open, 'gone'),
      row('closed', [...open, 'f', 'g', 'i', 'gone'], 'h'),
    ],
  });
  t.match(drawn, '  state "a, b, c, d, e" as several_1');
  t.match(drawn, '  several_1 --> gone: lost (clerk)');
  t.match(drawn, '  state "any but h" as several_2');
  t.match(drawn, '  several_2 --> h: closed (clerk)');
  t.equal(drawn.match(/closed/g)?.length, 1);
});
