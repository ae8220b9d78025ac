import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import t, { type Test } from 'tap';
import type { AccessRecord } from '../../domain/access/record.ts';
import { startRetention } from '../../src/access/retention.ts';
import { checkpointFault } from '../../src/transparency/checkpoint.ts';
import { reasonsOfTree } from '../../src/transparency/health.ts';
import { encodeLeaf } from '../../src/transparency/leaf.ts';
import { hashLeaf, rootOf, rootOfInclusion } from '../../src/transparency/merkle.ts';
import { parseLeafProof } from '../../src/transparency/proof.ts';
import { startTransparency, type Transparency } from '../../src/transparency/transparency.ts';
import { ACCESS_TREE } from '../../src/transparency/tree-streams.ts';
import { readsInLog, recordReads } from '../support/access.ts';
import { startApp } from '../support/app.ts';
import { behindItsBack } from '../support/behind-its-back.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { eventually } from '../support/eventually.ts';
import { onEachLog, openTestLedger, type TestLedger } from '../support/ledger.ts';
import { NO_LAG } from '../support/no-lag.ts';
import { ordinaryWays } from '../support/ordinary-ways.ts';
import { newSigner } from '../support/signers.ts';
import { openTestViews } from '../support/views.ts';

const signer = newSigner('cn.example/log/access');

/** Keeps the tree of access records of a ledger, as a node does. */
const keepTree = (t: Test, { directory, location, log }: TestLedger, name: string): Transparency => {
  const transparency = startTransparency({
    directory: join(directory, name),
    signedForFile: join(directory, `${name}.signed-for`),
    location,
    log,
    signer,
    witnesses: [],
    clock: () => new Date(),
    streams: ACCESS_TREE,
    checkpointEveryMs: 50,
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= transparency.close();
    return closing;
  };
  t.after(close);
  return { ...transparency, close };
};

const DAYS = ['2020-03-01', '2020-03-01', '2020-03-02', '2020-03-03'];

onEachLog(t, 'what is older than it is to be kept is removed, and the tree goes on', async (t, ledger) => {
  await recordReads(ledger, DAYS);
  const views = openTestViews(t, ledger);
  await views.upToDate();
  const listed = (): readonly string[] => {
    views.database.renew();
    return views.reads.list({}, { limit: 10 }).items.map((item) => item.record.id);
  };
  t.same(listed(), ['record-3', 'record-2', 'record-1', 'record-0']);
  // EventStoreDB shows what is removed in the whole log until it is scavenged: so the streams are asked, each of a day.
  const streams = [...(await readsInLog(ledger.log)).keys()];
  t.equal(streams.length, 3);
  const kept = keepTree(t, ledger, 'tree');
  await eventually(() => kept.tree.latestCheckpoint()?.size === 4);

  const days = 30;
  const clock = (): Date => new Date('2020-04-01T12:00:00.000Z');
  const retention = startRetention({
    log: ledger.log,
    reads: views.reads,
    built: () => true,
    clock,
    days,
    lookEveryMs: 5,
    onFault: (error) => t.fail(String(error)),
  });
  await eventually(() => listed().length < 4);
  await retention.stop();
  t.same(listed(), ['record-3', 'record-2'], 'the 2nd of March is kept still, 30 days before the 1st of April');
  t.same(
    await Promise.all(
      streams.map((stream) =>
        ledger.log.readStream(stream).then(
          ({ length }) => length,
          ({ name }) => name,
        ),
      ),
    ),
    ['StreamTombstoned', 1, 1],
    'the stream of the 1st of March is gone',
  );

  // The leaves of the removed events, and what says that they were removed, are in the tree.
  await eventually(() => kept.tree.latestCheckpoint()?.size === 6);
  await kept.close();
  const again = keepTree(t, ledger, 'tree');
  const began = new Date().toISOString();
  await eventually(() => (again.tree.progress().scrubbedAt ?? '') >= began);
  t.same(reasonsOfTree(again, NO_LAG), [], 'what was removed as it is to be is not missing');

  const anew = keepTree(t, ledger, 'tree-of-another-node');
  await eventually(() => anew.tree.progress().size === 6 && anew.tree.latestCheckpoint()?.size === 6);
  await wait(100);
  t.same(reasonsOfTree(anew, NO_LAG), [], 'a node that never saw them has the same tree');
  t.ok(rootOf(anew.tree.tile, 6).equals(rootOf(again.tree.tile, 6)));
});

t.test('somebody who takes out that somebody looked is found out', async (t) => {
  const ledger = await openTestLedger(t);
  await recordReads(ledger, DAYS);
  const before = keepTree(t, ledger, 'tree');
  await eventually(() => before.tree.latestCheckpoint()?.size === 4);
  t.same(reasonsOfTree(before, NO_LAG), []);
  await before.close();
  await ledger.log.close();
  behindItsBack(ledger, "DELETE FROM event WHERE data LIKE '%record-1%'");
  await ledger.restart();
  const after = keepTree(t, ledger, 'tree');
  await eventually(() => reasonsOfTree(after, NO_LAG).length > 0);
  t.match(reasonsOfTree(after, NO_LAG), [/the event of leaf 1 is not at position \d+ any more/]);
});

t.test('an access record is proved to be in the signed log of access records', async (t) => {
  const started = await startApp(t, { signed: { checkpointEveryMs: 50 } });
  const { get, as, access, views, accessTransparency } = started;
  const officer = await as('recorder');
  const auditor = await as('auditor');
  const { links, seen } = await sendCase(started, [ordinaryWays.fugitive[0]], officer);
  t.equal((await get(`${links.self}?include=person`, { ...officer, ...seen })).statusCode, 200);
  await eventually(() => access.status().records === 0 && accessTransparency.tree.latestCheckpoint() !== undefined);
  await views.upToDate();
  const [{ id }] = (await get('/v1/access-records', auditor)).json().records;
  const { event, leaf, index, proof } = (await get(`/v1/access-records/${id}/proof`, auditor)).json();
  t.match(
    JSON.parse(event.data).records.map((each: AccessRecord) => each.id),
    [id],
  );
  const { salt } = JSON.parse(event.metadata);
  const saltedHash = (text: string) => createHash('sha256').update(`${salt}\n${text}`).digest('hex');
  t.match(leaf, { dataHash: saltedHash(event.data), metadataHash: saltedHash(event.metadata) });
  const { hashes, checkpoint } = parseLeafProof(proof);
  t.equal(checkpointFault(checkpoint, accessTransparency.key), undefined);
  t.match(checkpoint.origin, /\/access$/);
  t.ok(rootOfInclusion(hashLeaf(encodeLeaf(leaf)), index, checkpoint.size, hashes)?.equals(checkpoint.root));
  t.equal((await get('/v1/access-records/10000000-0000-4000-8000-000000000009/proof', auditor)).statusCode, 404);
  t.match((await get('/v1/transparency', auditor)).json().access, {
    leaves: checkpoint.size,
    checkpoint: { leaves: checkpoint.size },
    findings: [],
    failure: null,
  });
});
