import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parseCheckpoint } from '../../src/transparency/checkpoint.ts';
import { parseLeafProof } from '../../src/transparency/proof.ts';
import { decodeEntries, tilePath, tilesOf } from '../../src/transparency/tile.ts';
import { startApp } from '../support/app.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { eventually } from '../support/eventually.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { testFolder } from '../support/test-folder.ts';

/** Debian's packages golang-go and golang-golang-x-mod-dev, which are found by GOPATH alone. */
const GO = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '', GOCACHE: '' };
const PROGRAM = fileURLToPath(new URL('go/main.go', import.meta.url));

const isThere = spawnSync('go', ['list', 'golang.org/x/mod/sumdb/tlog'], { env: GO }).status === 0;
const skip = isThere ? false : 'Go with golang.org/x/mod (golang-go, golang-golang-x-mod-dev) is not installed';

t.test("Go's own verifier accepts checkpoint, tiles and proofs, and no others", { skip }, async (t) => {
  const { get, as, transparency, views, ...rest } = await startApp(t, { signed: {} });
  const officer = await as('recorder');
  const auditor = await as('auditor');
  const record = async (cases: number, leaves: number) => {
    for (let count = 0; count < cases; count++) {
      await sendCase({ post: rest.post }, wayTo('fugitive', 'captured'), officer);
    }
    await eventually(() => transparency.tree.latestCheckpoint()?.size === leaves);
    await views.upToDate();
    return (await get('/tlog/checkpoint')).body;
  };
  const earlier = await record(3, 9);
  const checkpoint = await record(90, 279);
  const { size } = parseCheckpoint(checkpoint);
  const tiles: Record<string, string> = {};
  const entries: string[] = [];
  for (const address of tilesOf(size)) {
    const { rawPayload } = await get(`/tlog/${tilePath(address)}`, auditor);
    if (address.level === 'entries') entries.push(...decodeEntries(rawPayload).map(String));
    else tiles[tilePath(address)] = rawPayload.toString('base64');
  }
  const leaves = [];
  for (const [index, entry] of entries.entries()) {
    const { hashes } = parseLeafProof((await get(`/tlog/proof/inclusion?index=${index}`)).body);
    leaves.push({ entry, proof: hashes.map((hash) => hash.toString('base64')) });
  }
  const { proof: consistency } = (await get(`/tlog/proof/consistency?from=${parseCheckpoint(earlier).size}`)).json();
  const published = { key: (await get('/tlog/key')).body.trim(), checkpoint, earlier, consistency, leaves, tiles };

  const GOCACHE = testFolder(t);
  const verify = (input: object) =>
    spawnSync('go', ['run', PROGRAM], { env: { ...GO, GOCACHE }, input: JSON.stringify(input), encoding: 'utf8' });
  const verified = verify(published);
  t.equal(verified.stderr, '');
  t.equal(verified.stdout, '279 leaves\n');
  for (const [what, other] of [
    ['a checkpoint of another size', { checkpoint: checkpoint.replace('\n279\n', '\n278\n') }],
    ['an entry that was changed', { leaves: [{ ...leaves[0], entry: entries[1] }, ...leaves.slice(1)] }],
    ['a proof of consistency that is too short', { consistency: consistency.slice(1) }],
    ['a tile that was changed', { tiles: { ...tiles, 'tile/1/000.p/1': Buffer.alloc(32).toString('base64') } }],
  ] as const) {
    t.equal(verify({ ...published, ...other }).status, 1, what);
  }
});
