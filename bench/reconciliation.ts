/**
 * Two books of the longest lists that are compared, 5,000 lines and 10,000 handovers, against one turn of the same books into JSON and back;
 * in turn, in one process. Then once more as the service does it, in a thread of its own: for how long at most the thread that serves was held up.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { addDays } from '../domain/kernel/time.ts';
import { MOST_LINES } from '../domain/reconciliation/events.ts';
import type { OwnHandover, TheirLine } from '../domain/reconciliation/lines.ts';
import { type Books, compareBooks } from '../domain/reconciliation/matching.ts';
import { MOST_HANDOVERS } from '../src/application/own-book.ts';
import { compareInThread } from '../src/reconciling/compare-in-thread.ts';
import { median, printTable } from './support/figures.ts';

const ROUNDS = 3;

const ALIKE = { direction: 'VN-CN', kind: 'fugitive' } as const;

const day = (place: number, days: number): string => addDays('2025-01-01', place % days);

/** Of a thousand, so that some are of one name. */
const nameOf = (person: number): string =>
  `${['Nguyễn', 'Trần', 'Lê', 'Phạm'][person % 4]} ${['Văn', 'Thị', 'Đức', 'Minh', 'Quang'][person % 5]} ${'bcdghklmnt'[person % 10]}${['a', 'inh', 'ong', 'uy', 'ien'][Math.floor(person / 10) % 5]}${['', 'c', 'p', 't'][Math.floor(person / 50) % 4]}`;

const bornOf = (person: number): string => addDays('1960-01-01', (person * 37) % 15_000);

type Told = Pick<TheirLine, 'date' | 'names' | 'birthDate' | 'number'>;

/** What either book tells of the handover at a place. */
interface Lists {
  readonly theirs: (place: number) => Told;
  readonly ours: (place: number) => Told;
}

const person = (number: number): Pick<Told, 'names' | 'birthDate'> => ({
  names: [nameOf(number)],
  birthDate: bornOf(number),
});

const LISTS: Readonly<Record<string, Lists>> = {
  'of a year, with names and birth dates': {
    theirs: (place) => ({ date: day(place, 365), ...person(place) }),
    ours: (place) => ({ date: day(place, 365), ...person(place) }),
  },
  'of a month, without names': {
    theirs: (place) => ({ date: day(place, 30) }),
    ours: (place) => ({ date: day(place, 30) }),
  },
  'a month and nothing else': { theirs: () => ({ date: '2025-01' }), ours: () => ({ date: '2025-01' }) },
  'of a month, each with a number of its own': {
    theirs: (place) => ({ date: day(place, 30), number: `${place}/BB-2025` }),
    ours: (place) => ({ date: day(place, 30), number: `${place}/2025` }),
  },
  'of a month, all of one name': {
    theirs: (place) => ({ date: day(place, 30), names: ['Nguyễn Văn A'], birthDate: bornOf(place % 700) }),
    ours: (place) => ({ date: day(place, 30), names: ['Nguyễn Văn A'], birthDate: bornOf(place % 900) }),
  },
};

const idOf = (place: number): string => `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`;

const ownOf = ({ names, birthDate, number, date }: Told, place: number): OwnHandover => ({
  ...ALIKE,
  event: idOf(place),
  case: idOf(MOST_HANDOVERS + place),
  date,
  numbers: number === undefined ? [] : [number],
  caseNumbers: [],
  ...(names !== undefined && {
    person: {
      names: names.map((text) => ({ text, script: 'Latn' as const, role: 'native' as const })),
      ...(birthDate !== undefined && { birthDate: { date: birthDate } }),
    },
  }),
});

const booksOf = ({ theirs, ours }: Lists): Books => ({
  scope: {
    period: { from: '2025-01-01', to: '2025-12-31' },
    directions: [ALIKE.direction],
    kinds: [ALIKE.kind],
  },
  theirSide: 'VN',
  theirs: Array.from({ length: MOST_LINES }, (_, place) => ({ line: place + 1, ...ALIKE, ...theirs(place) })),
  ours: Array.from({ length: MOST_HANDOVERS }, (_, place) => ownOf(ours(place), place)),
});

const millisecondsOf = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

const heldUp = async (books: Books): Promise<number> => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await compareInThread(books);
  // What comes at the end is counted with the next turn.
  await new Promise((resolve) => setTimeout(resolve, 10));
  delay.disable();
  return delay.max / 1e6;
};

const rows: string[][] = [];
for (const [name, lists] of Object.entries(LISTS)) {
  const books = booksOf(lists);
  const figures = { compared: [] as number[], json: [] as number[], held: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    const [compared, json, held] = [
      millisecondsOf(() => compareBooks(books)),
      millisecondsOf(() => JSON.parse(JSON.stringify(books))),
      await heldUp(books),
    ];
    // The first round warms up.
    if (round === 0) continue;
    figures.compared.push(compared);
    figures.json.push(json);
    figures.held.push(held);
  }
  const [compared, json, held] = [median(figures.compared), median(figures.json), median(figures.held)];
  rows.push([name, compared.toFixed(0), json.toFixed(0), (json / compared).toFixed(2), held.toFixed(0)]);
}
printTable(
  `Two books, ${MOST_LINES} lines and ${MOST_HANDOVERS} handovers`,
  ['', 'compared ms', 'JSON ms', 'JSON/compared', 'service held up ms'],
  rows,
);
