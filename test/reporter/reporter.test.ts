import { text } from 'node:stream/consumers';
import t from 'tap';
import Reporter from './reporter.ts';

/** What the reporter makes of some TAP that reaches it in pieces of so many bytes. */
const report = (tap: string, pieceBytes = 7): Promise<string> => {
  const reporter = new Reporter();
  const bytes = Buffer.from(tap);
  for (let i = 0; i < bytes.length; i += pieceBytes) reporter.write(bytes.subarray(i, i + pieceBytes));
  reporter.end();
  return text(reporter);
};

const lastLine = async (tap: string): Promise<string | undefined> => (await report(tap)).trimEnd().split('\n').at(-1);

const PASSING = `# Subtest: test/友谊关.test.ts
    # Subtest: holds
        ok 1 - should be equal
        ok 2 - should be equal
        1..2
    ok 1 - holds # time=4ms

    ok 2 - needs a server # SKIP EVENTSTOREDB_URL names no server
    1..2
ok 1 - test/友谊关.test.ts # time=21ms

`;

const FAILING = `# Subtest: test/b.test.ts
    # Subtest: good
        ok 1 - should be equal
        1..1
    ok 1 - good # time=4ms

    # Subtest: bad
        not ok 1 - should be equal
          ---
          diff: |
            -1
            +2
          ...

        1..1
    not ok 2 - bad # time=19ms
      ---
      source: t.test('bad')
      ...

    1..2
not ok 2 - test/b.test.ts # time=41ms
  ---
  exitCode: 1
  ...

`;

const CRASHED = `# Subtest: test/c.test.ts
    1..0 # no tests found
not ok 3 - test/c.test.ts # time=447ms
  ---
  signal: SIGKILL
  ...

`;

const CLOSING = '# No coverage generated\n# { total: 9, pass: 7, fail: 2 }\n# time=100ms\n';

t.test('a file that passed takes one line, and one for each test skipped in it', async (t) => {
  t.equal(
    await report(`TAP version 14\n1..1\n${PASSING}${CLOSING}`),
    `ok 1 - test/友谊关.test.ts # time=21ms
    ok 2 - needs a server # SKIP EVENTSTOREDB_URL names no server

1 passed, 0 failed, 1 skipped
`,
  );
});

t.test('a file that failed is shown in full, diagnostics included', async (t) => {
  t.equal(await report(FAILING + CLOSING), `${FAILING.trimEnd()}\n\nfailed: test/b.test.ts\n1 passed, 1 failed\n`);
});

t.test('a file that crashed counts as one failed', async (t) => {
  t.equal(await lastLine(PASSING + FAILING + CRASHED + CLOSING), '2 passed, 2 failed, 1 skipped');
});

t.test('a file that was skipped altogether counts as one skipped', async (t) => {
  t.equal(
    await lastLine('# Subtest: test/d.test.ts\n    1..0 # no server\nok 1 - test/d.test.ts # SKIP no server\n'),
    '0 passed, 0 failed, 1 skipped',
  );
});

t.test('a failing test that is marked as to be done does not fail', async (t) => {
  const todo = '# Subtest: test/e.test.ts\n    not ok 1 - later # TODO\n    1..1\nok 1 - test/e.test.ts # time=1ms\n';
  t.equal(await lastLine(todo), '0 passed, 0 failed, 1 skipped');
});

t.test('a run that ends within a file, or bails out, has failed', async (t) => {
  t.equal(await lastLine('# Subtest: test/f.test.ts\n    ok 1 - good\n'), '1 passed, 1 failed');
  t.equal(await lastLine('# Subtest: test/g.test.ts\n    ok 1 - good\nBail out! no disk\n'), '1 passed, 1 failed');
});
