import { randomUUID } from 'node:crypto';
import t, { type Test } from 'tap';
import { LEAVES_KEPT, READS_REMOVED, RETENTION_STREAM } from '../../domain/access/streams.ts';
import type { EventLogReader, EventToAppend } from '../../src/event-log/port.ts';
import { leavesOf } from '../../src/transparency/removed.ts';
import { scrubUntilStopped } from '../../src/transparency/scrub.ts';
import { ACCESS_TREE } from '../../src/transparency/tree-streams.ts';
import { readsInLog, recordReads, removeReads } from '../support/access.ts';
import { behindItsBack } from '../support/behind-its-back.ts';
import { eventually } from '../support/eventually.ts';
import { onEachLog, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { newSigner } from '../support/signers.ts';
import { openTreeNode, type TreeNode } from '../support/tree-node.ts';

const signer = newSigner('cn.example/log/access');

const openNode = (t: Test, ledger: TestLedger, name: string, clock?: () => Date): Promise<TreeNode> =>
  openTreeNode(t, ledger, { name, streams: ACCESS_TREE, signer, ...(clock && { clock }) });

/** A reader of a log that lets something happen, once, between the first event of a reading and the next. */
const afterFirstEvent = (log: EventLogReader, happens: () => Promise<void>): EventLogReader => {
  let happened: Promise<void> | undefined;
  const once = (): Promise<void> => {
    happened ??= happens();
    return happened;
  };
  return {
    readStream: (...args) => log.readStream(...args),
    head: () => log.head(),
    close: () => log.close(),
    subscribe: async function* (options) {
      for await (const message of log.subscribe(options)) {
        const [first] = message.kind === 'events' ? message.events : [];
        if (first === undefined) continue;
        yield { kind: 'events', events: [first] };
        await once();
        yield* log.subscribe({ ...options, after: first.position });
        return;
      }
    },
    readAll: async function* (after) {
      for await (const [first] of log.readAll(after)) {
        if (first === undefined) continue;
        yield [first];
        await once();
        yield* log.readAll(first.position);
        return;
      }
    },
  };
};

const DAYS = ['2020-03-01', '2020-03-01', '2020-03-02', '2020-03-03'];
const clock = (): Date => new Date('2020-04-02T12:00:00.000Z');

/** Removes the first two days of the records in a ledger. */
const removeOldest = async (ledger: TestLedger): Promise<void> => {
  const streams = [...(await readsInLog(ledger.log)).keys()].slice(0, 2);
  await removeReads(ledger, streams, { clock });
};

onEachLog(t, 'what is removed while a node builds its tree is in it all the same', async (t, ledger) => {
  await recordReads(ledger, DAYS);
  const signing = await openNode(t, ledger, 'tree');
  await signing.follow();
  t.equal(await signing.sign(), 4);

  const other = await openNode(t, ledger, 'tree-of-another-node');
  const findings = await other.follow(afterFirstEvent(other.reader, () => removeOldest(ledger)));
  t.same(findings, []);
  t.same(await signing.follow(), []);
  t.ok(other.root().equals(signing.root()));
  t.equal(await other.sign(), signing.tree.progress().size, 'and it goes on to sign');
});

onEachLog(t, 'what is removed while a node holds the log against its tree is not missing', async (t, ledger) => {
  await recordReads(ledger, DAYS);
  const { tree, reader, follow } = await openNode(t, ledger, 'tree');
  await follow();
  const before = tree.progress().scrubbedAt;
  const log = afterFirstEvent(reader, () => removeOldest(ledger));
  const stopping = new AbortController();
  const scrubbing = scrubUntilStopped({
    signal: stopping.signal,
    log,
    tree,
    streams: ACCESS_TREE,
    key: signer.verifier,
    now: () => new Date(),
    onFindings: () => {},
    onFault: (error) => t.fail(String(error)),
  });
  await eventually(() => tree.progress().scrubbedAt !== before);
  stopping.abort();
  await scrubbing;
  t.same(tree.findings(), []);
});

onEachLog(t, 'what is removed before it is old enough is found by every node', async (t, ledger) => {
  await recordReads(ledger, DAYS);
  const seen = await openNode(t, ledger, 'tree');
  await seen.follow();
  t.equal(await seen.sign(), 4);
  const streams = [...(await readsInLog(ledger.log)).keys()];
  // Retention that does as it was told, and was told less than a ledger takes.
  await removeReads(ledger, streams, { clock, days: 1 });
  for (const node of [seen, await openNode(t, ledger, 'tree-of-another-node')]) {
    const message = `${streams[2]} was removed too early: records of reading are kept for at least 30 days, so that on 2020-04-02 only days before 2020-03-03 might be removed`;
    t.match(await node.follow(), [{ kind: 'removed', leaf: null, message }]);
    t.equal(node.tree.findings().length, 1, 'the two days before were old enough');
    await t.rejects(node.sign(), { name: 'NotConsistent', message });
    t.same(await node.follow(), node.tree.findings(), 'and still is after a start');
  }
});

onEachLog(t, 'a removal is not believed to be of a time that is still to come', async (t, ledger) => {
  const later = new Date(Date.now() + 60 * 24 * 3_600_000);
  await recordReads(ledger, [new Date().toISOString().slice(0, 10)]);
  const [stream = ''] = (await readsInLog(ledger.log)).keys();
  await removeReads(ledger, [stream], { clock: () => later });
  const { follow } = await openNode(t, ledger, 'tree');
  t.match(await follow(), [{ kind: 'removed', message: new RegExp(`^${stream} was removed too early`) }]);
});

onEachLog(t, 'what only the clock of a node was wrong about is found no more', async (t, ledger) => {
  await recordReads(ledger, DAYS);
  await removeOldest(ledger);
  let now = new Date('2000-01-01T00:00:00.000Z');
  const { follow, sign } = await openNode(t, ledger, 'tree', () => now);
  t.match(await follow(), [{ kind: 'removed' }, { kind: 'removed' }]);
  now = new Date();
  t.same(await follow(), []);
  t.equal(await sign(), 8);
});

onEachLog(t, 'nothing but records of reading may be removed', async (t, ledger) => {
  const removal = (type: string, data: object): EventToAppend => ({
    id: randomUUID(),
    type,
    data: JSON.stringify(data),
    metadata: JSON.stringify({ recordedAt: clock().toISOString(), salt: 'salt' }),
  });
  await ledger.log.append(RETENTION_STREAM, 'no-stream', [
    removal(READS_REMOVED, { stream: RETENTION_STREAM, days: 30 }),
    removal(LEAVES_KEPT, { stream: 'access-0a1b2c3d-2020-03-01', leaves: 'none' }),
  ]);
  const { follow } = await openNode(t, ledger, 'tree');
  t.match(await follow(), [
    { kind: 'removed', message: `${RETENTION_STREAM} was removed: only a day's records of reading may be` },
    { kind: 'removed', message: new RegExp(`^revision 1 of ${RETENTION_STREAM} cannot be read: `) },
  ]);
});

t.test('an event is not passed off as one of a day that may be forgotten', async (t) => {
  const ledger = await openTestLedger(t);
  await recordReads(ledger, [...DAYS, '2020-03-04']);
  const { follow } = await openNode(t, ledger, 'tree');
  t.same(await follow(), []);
  const [old = '', , recent = ''] = (await readsInLog(ledger.log)).keys();
  const hidden = await ledger.log.readStream(recent);
  behindItsBack(ledger, `DELETE FROM event WHERE stream = '${recent}'`);
  await ledger.log.append(RETENTION_STREAM, 'no-stream', [
    {
      id: randomUUID(),
      type: LEAVES_KEPT,
      data: JSON.stringify(leavesOf(old, hidden)),
      metadata: JSON.stringify({ recordedAt: clock().toISOString(), salt: 'salt' }),
    },
  ]);
  t.match(await follow(), [{ kind: 'missing', leaf: 3 }]);
});
