import { setImmediate as nextTurn } from 'node:timers/promises';
import t from 'tap';
import { compareBooks } from '../../domain/reconciliation/matching.ts';
import { compareInThread } from '../../src/reconciling/compare-in-thread.ts';
import { FUGITIVES_OF_2025, ourBook, theirBook } from '../support/books.ts';

const date = '2025-03-02';
const books = {
  scope: FUGITIVES_OF_2025,
  theirSide: 'VN' as const,
  theirs: theirBook([{ date, names: ['Nguyễn Văn Đạt'] }, { date }, { date }]),
  ours: ourBook([{ date, name: 'Nguyễn Văn Đạt', born: '1985' }, { date }, { date }]),
};

t.test('a thread comes to the same, and whoever is served goes on meanwhile', async (t) => {
  let isServed = false;
  nextTurn().then(() => {
    isServed = true;
  });
  t.same(await compareInThread(books), compareBooks(books));
  t.ok(isServed);
});

t.test('what a thread throws is thrown', async (t) => {
  const broken = { ...books, theirs: [{ ...books.theirs[0], date: undefined }] };
  await t.rejects(compareInThread(broken as never), { name: 'TypeError' });
});
