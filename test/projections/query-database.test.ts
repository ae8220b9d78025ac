import { setImmediate as nextTurn } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { finishBuilding, openForProjection, openForQueries } from '../../projections/database.ts';
import { CASES_READ_MODEL } from '../../projections/read-models.ts';
import { testFolder } from '../support/test-folder.ts';

/** A read model that is built, whose projection has come to a position, as queries see it. */
const open = (t: Test) => {
  const directory = testFolder(t);
  const projection = openForProjection(directory, CASES_READ_MODEL);
  finishBuilding(projection, CASES_READ_MODEL);
  const queries = openForQueries(directory, [CASES_READ_MODEL]);
  t.after(() => {
    queries.close();
    projection.close();
  });
  const moveTo = (position: string): void => {
    projection.prepare('UPDATE checkpoint SET position = ?').run(position);
  };
  moveTo('1');
  const position = (): unknown =>
    (queries.prepare('SELECT position FROM cases.checkpoint').get() as { position: string }).position;
  return { queries, moveTo, position };
};

t.test('what is read in one turn is of one state of the views, and the next turn sees the next', async (t) => {
  const { moveTo, position } = open(t);
  t.equal(position(), '1');
  moveTo('2');
  t.equal(position(), '1');
  await nextTurn();
  t.equal(position(), '2');
});

t.test('who is told in the middle of a turn that a view has gone on reads what it has gone on to', async (t) => {
  const { queries, moveTo, position } = open(t);
  // A snapshot that was taken after the messages of this turn lasts until those of the next are read.
  await nextTurn();
  t.equal(position(), '1');
  moveTo('2');
  queries.renew();
  t.equal(position(), '2');
});

t.test('an answer is kept until a view goes on', async (t) => {
  const { queries, moveTo, position } = open(t);
  const answers = queries.keep<string>(10);
  let made = 0;
  const answer = (): string =>
    answers('a question', () => {
      made += 1;
      return `at ${position()}`;
    });
  t.equal(answer(), 'at 1');
  await nextTurn();
  t.equal(answer(), 'at 1');
  t.equal(made, 1);
  moveTo('2');
  await nextTurn();
  t.equal(answer(), 'at 2');
  t.equal(made, 2);
});

t.test('nothing can be written through it, and it can be closed in the middle of a turn', async (t) => {
  const directory = testFolder(t);
  openForProjection(directory, CASES_READ_MODEL).close();
  const queries = openForQueries(directory, [CASES_READ_MODEL]);
  t.throws(() => queries.prepare("UPDATE cases.checkpoint SET position = 'x'").get(), { message: /readonly/ });
  queries.close();
  await nextTurn();
});
