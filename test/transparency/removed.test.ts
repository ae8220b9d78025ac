import t, { type Test } from 'tap';
import type { EventLogReader } from '../../src/event-log/port.ts';
import { followRemovals } from '../../src/transparency/removed.ts';
import { scrubUntil } from '../../src/transparency/scrub.ts';
import { ACCESS_TREE } from '../../src/transparency/tree-streams.ts';
import { readsInLog, recordReads, removeReads } from '../support/access.ts';
import { onEachLog, type TestLedger } from '../support/ledger.ts';
import { newSigner } from '../support/signers.ts';
import { openTreeNode, type TreeNode } from '../support/tree-node.ts';
import { eventually } from '../support/views.ts';

const signer = newSigner('cn.example/log/access');

const openNode = (t: Test, ledger: TestLedger, name: string): Promise<TreeNode> =>
  openTreeNode(t, ledger, { name, streams: ACCESS_TREE, signer });

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
  const scrubbing = scrubUntil(stopping.signal, {
    log,
    tree,
    streams: ACCESS_TREE,
    key: signer.verifier,
    learnRemoved: followRemovals(log, tree, ACCESS_TREE),
    now: () => new Date(),
    onFindings: () => {},
    onFault: (error) => t.fail(String(error)),
  });
  await eventually(() => tree.progress().scrubbedAt !== before);
  stopping.abort();
  await scrubbing;
  t.same(tree.findings(), []);
});
