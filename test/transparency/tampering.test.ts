import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { openEventLog } from '../../src/event-log/open.ts';
import { reasonsOfTree } from '../../src/transparency/health.ts';
import { startTransparency, type Transparency } from '../../src/transparency/transparency.ts';
import { RECORDS_TREE } from '../../src/transparency/tree-streams.ts';
import { behindItsBack } from '../support/behind-its-back.ts';
import { eventually } from '../support/eventually.ts';
import { onEachLog, openTestLedger, sendAll, type TestLedger } from '../support/ledger.ts';
import { NO_LAG } from '../support/no-lag.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { newSigner } from '../support/signers.ts';
import { openTreeNode } from '../support/tree-node.ts';

const signer = newSigner('cn.example/log');

/** Keeps the tree of a ledger's log, as a start of the service does. */
const keepTree = async (t: Test, ledger: TestLedger): Promise<Transparency> => {
  const log = await openEventLog(ledger.location);
  const transparency = startTransparency({
    directory: join(ledger.directory, 'tree'),
    signedForFile: join(ledger.directory, 'signed-for'),
    location: ledger.location,
    log,
    signer,
    witnesses: [],
    clock: () => new Date(),
    checkpointEveryMs: 50,
  });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await transparency.close();
    await log.close();
  };
  t.after(close);
  return { ...transparency, close };
};

const CASES = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'] as const;

/** A ledger of two cases whose tree is signed; the service that kept it is stopped. */
const signedLedger = async (t: Test): Promise<TestLedger> => {
  const ledger = await openTestLedger(t);
  for (const id of CASES) await sendAll(ledger, id, wayTo('fugitive', 'captured'));
  await ledger.log.close();
  const transparency = await keepTree(t, ledger);
  await eventually(() => transparency.tree.latestCheckpoint()?.size === 6);
  await transparency.close();
  return ledger;
};

/** What the service says of the log when it is started again; `scrubbed`: after the log was gone through once. */
const foundIn = async (t: Test, ledger: TestLedger): Promise<readonly string[]> => {
  const before = new Date().toISOString();
  const transparency = await keepTree(t, ledger);
  await eventually(() => (transparency.tree.progress().scrubbedAt ?? '') >= before);
  await wait(100);
  const reasons = reasonsOfTree(transparency, NO_LAG);
  await transparency.close();
  return reasons;
};

const SECOND = `stream = 'case-${CASES[0]}' AND revision = 1`;
const LEAVES = "SELECT position FROM event WHERE stream LIKE 'case-%' ORDER BY position";

t.test('what is done to the log behind the back of the service is found and named', async (t) => {
  for (const [what, sql, expected] of [
    [
      'a byte of the data of an event',
      `UPDATE event SET data = replace(data, '"2024-', '"2023-') WHERE ${SECOND}`,
      [/event .* revision 1 of case-.*0001 .* leaf 1, is not as it was recorded/],
    ],
    [
      'when an event was recorded',
      `UPDATE event SET metadata = json_set(metadata, '$.recordedAt', '2020-01-01T00:00:00.000Z') WHERE ${SECOND}`,
      [/leaf 1, is not as it was recorded/],
    ],
    [
      'the type of an event',
      `UPDATE event SET type = 'surrendered-voluntarily' WHERE ${SECOND}`,
      [/\(surrendered-voluntarily\).* leaf 1, is not as it was recorded/],
    ],
    ['an event that is taken out', `DELETE FROM event WHERE ${SECOND}`, [/leaf 1 is not at position/]],
    [
      'an event that is put in, in the place of a key that nobody uses',
      `CREATE TEMP TABLE place AS SELECT max(position) AS position FROM event WHERE stream LIKE 'vault-%' AND position < (${LEAVES} LIMIT 1);
       DELETE FROM event WHERE position = (SELECT position FROM place);
       INSERT INTO event SELECT place.position, stream, 99, 'c0ffee00-0000-4000-8000-000000000000', type, data, metadata
         FROM event, place WHERE ${SECOND}`,
      [/event c0ffee00.* was not recorded there: it stands before leaf 0/],
    ],
    [
      'two events that change places',
      `CREATE TEMP TABLE place AS SELECT position AS first, (${LEAVES} LIMIT 1 OFFSET 1) AS second FROM (${LEAVES} LIMIT 1);
       UPDATE event SET position = -1 WHERE position = (SELECT first FROM place);
       UPDATE event SET position = (SELECT first FROM place) WHERE position = (SELECT second FROM place);
       UPDATE event SET position = (SELECT second FROM place) WHERE position = -1`,
      [/leaf 0, is not as it was recorded/, /leaf 1, is not as it was recorded/],
    ],
    [
      'the end that is cut off',
      `DELETE FROM event WHERE position >= (${LEAVES} LIMIT 1 OFFSET 4)`,
      [/leaves 4 to 5 are not at positions/, /the log was cut off: its checkpoints end with revision -1/],
    ],
  ] as const) {
    await t.test(what, async (t) => {
      const ledger = await signedLedger(t);
      behindItsBack(ledger, sql);
      const reasons = await foundIn(t, ledger);
      for (const pattern of expected) t.match(reasons.join('\n'), pattern);
    });
  }
});

t.test('a node that has no tree yet holds the log against what was signed', async (t) => {
  for (const [what, sql, expected] of [
    ['nothing was touched', 'SELECT 1', undefined],
    ['an event', `UPDATE event SET data = replace(data, '"2024-', '"2023-') WHERE ${SECOND}`, /its root is another/],
    [
      'the size of the checkpoint',
      `UPDATE event SET data = replace(data, '\\n6\\n', '\\n7\\n') WHERE stream = 'checkpoints'`,
      /the log had 6 leaves before it/,
    ],
    [
      'the signature of the checkpoint',
      `UPDATE event SET data = replace(data, 'example/log ' || substr(data, instr(data, 'example/log ') + 12, 12),
         'example/log ' || substr(data, instr(data, 'example/log ') + 12, 8) || 'AAAA') WHERE stream = 'checkpoints'`,
      /its signature does not hold/,
    ],
    ['the note', `UPDATE event SET data = '{"note":"x"}' WHERE stream = 'checkpoints'`, /it cannot be read/],
  ] as const) {
    await t.test(what, async (t) => {
      const ledger = await signedLedger(t);
      behindItsBack(ledger, sql);
      rmSync(join(ledger.directory, 'tree'), { recursive: true });
      const reasons = await foundIn(t, ledger);
      if (expected === undefined) t.same(reasons, []);
      else t.match(reasons.join('\n'), expected);
    });
  }
});

t.test('what was signed for is never signed otherwise, whatever became of log and tree', async (t) => {
  const ledger = await signedLedger(t);
  behindItsBack(ledger, "DELETE FROM event WHERE stream = 'checkpoints' OR stream LIKE 'case-%1'");
  rmSync(join(ledger.directory, 'tree'), { recursive: true });
  const transparency = await keepTree(t, ledger);
  await eventually(() => transparency.status().failure !== undefined);
  t.match(reasonsOfTree(transparency, NO_LAG), [/a tree of 6 leaves was signed, and the log gives 3: its end is gone/]);
  t.equal(transparency.tree.latestCheckpoint(), undefined);
});

t.test('what was changed and is put right again is found no more', async (t) => {
  const ledger = await signedLedger(t);
  behindItsBack(ledger, `UPDATE event SET type = 'surrendered-voluntarily' WHERE ${SECOND}`);
  t.equal((await foundIn(t, ledger)).length, 1);
  behindItsBack(ledger, `UPDATE event SET type = 'located' WHERE ${SECOND}`);
  t.same(await foundIn(t, ledger), []);
});

t.test('a checkpoint that is put right again is found no more, and the tree is signed on', async (t) => {
  const notes = (sql: string) => `UPDATE event SET data = ${sql} WHERE stream = 'checkpoints' AND revision = 0`;
  for (const [what, wrong, right, expected] of [
    [
      'its size',
      notes("replace(data, '\\n3\\n', '\\n4\\n')"),
      notes("replace(data, '\\n4\\n', '\\n3\\n')"),
      /3 leaves/,
    ],
    [
      'its root',
      notes("replace(data, '\\n3\\n', '\\n2\\n')"),
      notes("replace(data, '\\n2\\n', '\\n3\\n')"),
      /its root is another/,
    ],
    [
      'that it was taken out',
      `CREATE TABLE aside AS SELECT * FROM event WHERE stream = 'checkpoints';
       DELETE FROM event WHERE stream = 'checkpoints'`,
      'INSERT INTO event SELECT * FROM aside; DROP TABLE aside',
      /the log was cut off/,
    ],
  ] as const) {
    await t.test(what, async (t) => {
      const ledger = await openTestLedger(t);
      const open = (name: string) => openTreeNode(t, ledger, { name, streams: RECORDS_TREE, signer });
      await sendAll(ledger, CASES[0], wayTo('fugitive', 'captured'));
      const signing = await open('tree');
      await signing.follow();
      t.equal(await signing.sign(), 3);
      await signing.follow();
      await sendAll(ledger, CASES[1], wayTo('fugitive', 'captured'));

      behindItsBack(ledger, wrong);
      // One that has no tree yet comes by what was changed; one that has misses what was taken out.
      const node = what === 'that it was taken out' ? signing : await open('tree-of-another-node');
      t.match(await node.follow(), [{ kind: 'checkpoint', leaf: null, message: expected }]);
      await t.rejects(node.sign(), { name: 'NotConsistent' });
      behindItsBack(ledger, right);
      t.same(await node.follow(), []);
      t.match(node.tree.latestCheckpoint(), { revision: 0, size: 3 });
      t.equal(await node.sign(), 6);
    });
  }
});

onEachLog(t, 'several nodes of one log show the same checkpoints', async (t, ledger) => {
  const nodes = ['one', 'two', 'three'].map((name) => {
    const transparency = startTransparency({
      directory: join(ledger.directory, name),
      signedForFile: join(ledger.directory, `${name}.signed-for`),
      location: ledger.location,
      log: ledger.log,
      signer,
      witnesses: [],
      clock: () => new Date(),
      checkpointEveryMs: 20,
    });
    t.teardown(() => transparency.close());
    return transparency;
  });
  for (let cases = 1; cases <= 4; cases++) {
    await sendAll(ledger, randomUUID(), wayTo('fugitive', 'captured'));
    await eventually(() => nodes.every(({ tree }) => tree.latestCheckpoint()?.size === cases * 3));
  }
  const shown = nodes.map(({ tree }) => tree.latestCheckpoint());
  t.same(shown[1], shown[0]);
  t.same(shown[2], shown[0]);
  t.same(
    nodes.flatMap((each) => reasonsOfTree(each, NO_LAG)),
    [],
  );
});
