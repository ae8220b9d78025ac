import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import t, { type Test } from 'tap';
import { parseCheckpoint, signCheckpoint } from '../../src/transparency/checkpoint.ts';
import { cosignedAt } from '../../src/transparency/cosignature.ts';
import { consistencyProof, EMPTY_ROOT, rootOf } from '../../src/transparency/merkle.ts';
import { parseNote } from '../../src/transparency/note.ts';
import { startApp } from '../support/app.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { eventually } from '../support/eventually.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { newSigner, newWitness } from '../support/signers.ts';
import { tilesOfLeaves } from '../support/tiles.ts';

const log = newSigner('cn.example/log');
const signer = newWitness('vn.example/witness');

const tiles = tilesOfLeaves(Array.from({ length: 300 }, (_, index) => Buffer.from(`leaf ${index}`)));
const otherTiles = tilesOfLeaves(Array.from({ length: 300 }, (_, index) => Buffer.from(`other ${index}`)));

/** What a log sends: its checkpoint of a size, with the proof that it goes on from an earlier one. */
const requestOf = (old: number, size: number, from = tiles, by = log): string => {
  const proof = consistencyProof(from, Math.min(old, size), size).map((hash) => `${hash.toString('base64')}\n`);
  return `old ${old}\n${proof.join('')}\n${signCheckpoint({ size, root: rootOf(from, size) }, by)}`;
};

/** A service of the other side that witnesses the log. */
const startWitness = async (t: Test) => {
  const { app, get } = await startApp(t, { witnessing: { logs: [log.verifier], signer } });
  const add = (payload: string) =>
    app.inject({ method: 'POST', url: '/witness/add-checkpoint', headers: { 'content-type': 'text/plain' }, payload });
  return { app, get, add };
};

t.test('a witness cosigns what goes on from what it has cosigned', async (t) => {
  const { add, get } = await startWitness(t);
  for (const [old, size] of [
    [0, 5],
    [5, 5],
    [5, 256],
    [256, 300],
  ] as const) {
    const request = requestOf(old, size);
    const answer = await add(request);
    t.equal(answer.statusCode, 200, `${old} to ${size}`);
    const note = parseNote(request.slice(request.indexOf('\n\n') + 2) + answer.body);
    t.ok(cosignedAt(note, signer.verifier));
  }
  const originHash = createHash('sha256').update(log.verifier.name).digest('hex');
  const shown = await get(`/witness/${originHash}/checkpoint`);
  t.equal(parseCheckpoint(shown.body).size, 300);
  t.ok(cosignedAt(parseNote(shown.body), signer.verifier), 'for monitors, with the cosignature');
  t.equal((await get(`/witness/${'0'.repeat(64)}/checkpoint`)).statusCode, 404, 'there is none of another log');
});

t.test('a witness refuses what the protocol says, and remembers what it cosigned', async (t) => {
  const { add } = await startWitness(t);
  t.equal((await add(requestOf(0, 100))).statusCode, 200);

  const ahead = await add(requestOf(0, 200));
  t.equal(ahead.statusCode, 409);
  t.match(ahead.headers['content-type'], /^text\/x\.tlog\.size/);
  t.equal(ahead.body, '100\n');

  const stranger = newSigner('elsewhere.example/log');
  const namesake = newSigner('cn.example/log');
  for (const [what, request, status] of [
    ['another history', requestOf(100, 200, otherTiles), 422],
    ['another root of the same size', requestOf(100, 100, otherTiles), 422],
    [
      'a proof with a hash too many',
      requestOf(100, 200).replace('\n\n', `\n${EMPTY_ROOT.toString('base64')}\n\n`),
      422,
    ],
    ['a log that it does not know', requestOf(0, 100, tiles, stranger), 404],
    ['another key of the same name', requestOf(100, 200, tiles, namesake), 403],
    ['a checkpoint that was changed', requestOf(100, 200).replace('\n200\n', '\n201\n'), 403],
    ['an old size beyond the new one', requestOf(200, 100), 400],
    ['no old size', requestOf(100, 200).slice(8), 400],
    ['nothing', '', 400],
    [
      'too long a proof',
      requestOf(100, 200).replace('\n', `\n${`${EMPTY_ROOT.toString('base64')}\n`.repeat(64)}`),
      400,
    ],
  ] as const) {
    t.equal((await add(request)).statusCode, status, what);
  }
  t.equal((await add(requestOf(100, 200))).statusCode, 200, 'nothing of it was remembered');
});

t.test('of requests that come at once each goes on from the one before', async (t) => {
  const { add } = await startWitness(t);
  await add(requestOf(0, 10));
  const answers = await Promise.all([20, 30, 40, 50].map((size) => add(requestOf(10, size))));
  t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1);
  t.equal(answers.filter(({ statusCode }) => statusCode === 409).length, 3);
});

/** The address of a server that does something with each answer that it owes. */
const serverThat = async (t: Test, answers: (answer: ServerResponse) => void): Promise<string> => {
  const server = createServer((_, answer) => answers(answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

function* forever() {
  for (;;) yield 'a line\n'.repeat(1_000);
}

t.test("the other side's server countersigns the ledger, and it is seen when it does not", async (t) => {
  const witness = await startApp(t, { witnessing: { logs: [log.verifier], signer } });
  const url = `${await witness.app.listen({ host: '127.0.0.1', port: 0 })}/witness`;
  const silent = newWitness('nowhere.example/witness');
  const hung = newWitness('hung.example/witness');
  const endless = newWitness('endless.example/witness');
  const ledger = await startApp(t, {
    signed: {
      signer: log,
      witnesses: [
        { key: signer.verifier, url },
        { key: silent.verifier, url: 'http://127.0.0.1:1' },
        { key: hung.verifier, url: await serverThat(t, () => {}) },
        { key: endless.verifier, url: await serverThat(t, (answer) => pipeline(forever(), answer, () => {})) },
      ],
    },
  });
  const { tree } = ledger.transparency;
  const officer = await ledger.as('recorder');
  for (const leaves of [3, 6, 9]) {
    await sendCase(ledger, wayTo('fugitive', 'captured'), officer);
    await eventually(() => tree.latestCheckpoint()?.size === leaves);
    await eventually(() => tree.latestCheckpoint()?.cosignatures.length === 1);
    const note = parseNote((await ledger.get('/tlog/checkpoint')).body);
    t.ok(cosignedAt(note, signer.verifier), `${leaves} leaves`);
  }
  const { witnesses } = (await ledger.get('/v1/transparency', await ledger.as('auditor'))).json();
  t.match(witnesses, [
    { name: 'vn.example/witness', cosigned: { leaves: 9 }, behind: 0, failure: null },
    { name: 'nowhere.example/witness', cosigned: null, behind: 9, failure: /does not answer/ },
    { name: 'hung.example/witness', cosigned: null },
    { name: 'endless.example/witness', cosigned: null, failure: /its answer is longer than 65536 bytes/ },
  ]);
});
