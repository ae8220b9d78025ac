import { createHash } from 'node:crypto';
import t, { type Test } from 'tap';
import { checkpointFault, parseCheckpoint } from '../../src/transparency/checkpoint.ts';
import { hashLeaf, isConsistent, rootOf, rootOfInclusion } from '../../src/transparency/merkle.ts';
import { NOTE_SIGNATURE, parseVerifierKey } from '../../src/transparency/note.ts';
import { parseLeafProof } from '../../src/transparency/proof.ts';
import { decodeEntries, tilePath, tilesOf } from '../../src/transparency/tile.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { allSigned } from '../support/signed.ts';
import { tilesOfLeaves } from '../support/tiles.ts';

/** A service whose log has the events of some cases, all of them signed. */
const signedApp = async (t: Test, cases = 2): Promise<TestApp> => {
  const started = await startApp(t, { signed: {} });
  await moreCases(started, cases);
  return started;
};

const moreCases = async (started: TestApp, cases: number): Promise<void> => {
  const officer = await started.as('recorder');
  for (let count = 0; count < cases; count++) await sendCase(started, wayTo('fugitive', 'captured'), officer);
  await allSigned(started);
};

const checkpointOf = async ({ get }: TestApp) => {
  const { body } = await get('/tlog/checkpoint');
  return { text: body, ...parseCheckpoint(body) };
};

t.test('whoever knows the key checks the whole log from what is published', async (t) => {
  const started = await signedApp(t);
  const { get, caseEvents } = started;
  const auditor = await started.as('auditor', 'VN');
  const { headers, body: key } = await get('/tlog/key');
  t.match(headers['content-type'], /^text\/plain/);
  const checkpoint = await checkpointOf(started);
  t.equal(checkpointFault(checkpoint, parseVerifierKey(key, NOTE_SIGNATURE)), undefined);

  const entries: Buffer[] = [];
  const tiles = new Map<string, Buffer>();
  for (const address of tilesOf(checkpoint.size)) {
    const isEntries = address.level === 'entries';
    const answer = await get(`/tlog/${tilePath(address)}`, isEntries ? auditor : {});
    t.equal(answer.statusCode, 200, tilePath(address));
    t.match(answer.headers, { 'content-type': 'application/octet-stream', 'cache-control': /immutable/ });
    if (isEntries) entries.push(...decodeEntries(answer.rawPayload));
    else tiles.set(`${address.level}/${address.index}`, answer.rawPayload);
  }
  t.ok(rootOf(tilesOfLeaves(entries), checkpoint.size).equals(checkpoint.root));
  t.ok(rootOf((level, index) => tiles.get(`${level}/${index}`) as Buffer, checkpoint.size).equals(checkpoint.root));

  const leaves = entries.map((entry) => JSON.parse(entry.toString()));
  const events = await caseEvents();
  t.same(
    leaves.map(({ id, stream, revision, type }) => ({ id, stream, revision, type })),
    events.map(({ id, stream, revision, type }) => ({ id, stream, revision, type })),
    'each event is a leaf, in log order',
  );
  for (const [index, { data, metadata }] of events.entries()) {
    const { salt, recordedAt } = JSON.parse(metadata);
    const salted = (text: string) => createHash('sha256').update(`${salt}\n${text}`).digest('hex');
    t.match(leaves[index], { recordedAt, dataHash: salted(data), metadataHash: salted(metadata) });
  }
});

t.test('an entry shows no content, and is for auditors alone', async (t) => {
  const { get, as } = await signedApp(t, 1);
  const path = '/tlog/tile/entries/000.p/2';
  t.equal((await get(path)).statusCode, 401);
  t.equal((await get(path, await as('recorder'))).statusCode, 403, 'who sees one case could tell what became of it');
  const answer = await get(path, await as('auditor'));
  t.match(answer.headers['cache-control'], /^private/);
  const entries = decodeEntries(answer.rawPayload).map(String);
  for (const entry of entries) {
    t.same(Object.keys(JSON.parse(entry)), [
      'dataHash',
      'id',
      'metadataHash',
      'recordedAt',
      'revision',
      'stream',
      'type',
    ]);
  }
});

t.test('an event is proved to be in the signed log, by itself', async (t) => {
  const started = await signedApp(t);
  const { get, as, caseEvents } = started;
  const last = (await caseEvents()).at(-1);
  const caseId = last?.stream.slice('case-'.length);
  const answer = await get(`/v1/cases/${caseId}/events/${last?.revision}/proof`, await as('auditor'));
  t.equal(answer.statusCode, 200);
  const { leaf, index, proof } = answer.json();
  t.match(leaf, { id: last?.id, type: last?.type });
  const { hashes, checkpoint, ...parsed } = parseLeafProof(proof);
  t.equal(parsed.index, index);
  t.equal(checkpointFault(checkpoint, started.transparency.key), undefined);
  // The names of a leaf stand in the order in which canonical JSON has them.
  const entry = Buffer.from(JSON.stringify(leaf, Object.keys(leaf).sort()));
  t.ok(rootOfInclusion(hashLeaf(entry), index, checkpoint.size, hashes)?.equals(checkpoint.root));

  const public_ = await get(`/tlog/proof/inclusion?index=${index}`);
  t.equal(public_.body, proof, 'the proof is there for everybody who knows the place');
});

t.test('only who sees a case is told where its events are in the log', async (t) => {
  const { get, as, caseEvents } = await signedApp(t, 1);
  const caseId = (await caseEvents())[0]?.stream.slice('case-'.length);
  const url = `/v1/cases/${caseId}/events/0/proof`;
  t.equal((await get(url, await as('recorder', 'VN', 'VN-LS-BLO'))).statusCode, 404);
  t.equal((await get(url, await as('statistician'))).statusCode, 403);
  t.equal((await get(`/v1/cases/${caseId}/events/99/proof`, await as('auditor'))).statusCode, 404);
  t.match((await get(`/v1/cases/${caseId}/events/x/proof`, await as('auditor'))).json(), {
    errors: [{ in: 'path', name: 'revision' }],
  });
});

t.test('each checkpoint goes on from the ones before', async (t) => {
  const started = await signedApp(t, 1);
  const earlier = await checkpointOf(started);
  await moreCases(started, 3);
  const later = await checkpointOf(started);
  t.ok(later.size > earlier.size);
  const { proof } = (await started.get(`/tlog/proof/consistency?from=${earlier.size}`)).json();
  const hashes = proof.map((hash: string) => Buffer.from(hash, 'base64'));
  t.ok(isConsistent(earlier, later, hashes));
  t.match((await started.get(`/tlog/proof/consistency?from=${later.size + 1}`)).json(), {
    errors: [{ in: 'query', name: 'from' }],
  });
  t.match((await started.get(`/tlog/proof/consistency?from=1&to=${later.size + 1}`)).json(), {
    errors: [{ in: 'query', name: 'to' }],
  });
});

t.test('what is not there is said', async (t) => {
  const { get, as } = await startApp(t);
  const auditor = await as('auditor');
  const none = await get('/tlog/checkpoint');
  t.equal(none.statusCode, 503);
  t.match(none.json().detail, /no checkpoint is signed yet/);
  for (const path of ['tile/0/000', 'tile/0/000.p/1', 'tile/entries/000.p/1', 'tile/64/000', 'tile/0/0', 'tile/x']) {
    t.equal((await get(`/tlog/${path}`, auditor)).statusCode, 404, path);
  }
});

t.test('how the log stands is told to every role', async (t) => {
  const { get, as } = await signedApp(t, 1);
  const status = (await get('/v1/transparency', await as('statistician'))).json();
  t.match(status, { leaves: 3, checkpoint: { leaves: 3 }, witnesses: [], findings: [], failure: null });
});
