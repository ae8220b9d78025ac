import t from 'tap';
import { eventProofSchema } from '../../src/transparency/proof-documents.ts';
import { verifyConsistencyProof, verifyEventProof } from '../../src/verify/verify-proof.ts';
import { startApp } from '../support/app.ts';
import { sendCase } from '../support/cases-over-http.ts';
import { wayTo } from '../support/ordinary-ways.ts';
import { allSigned } from '../support/signed.ts';
import { newSigner } from '../support/signers.ts';

const signer = newSigner('cn.example/log');
const trusted = { key: signer.verifier, witnesses: [] };

t.test('what the service proves is checked offline', async (t) => {
  const app = await startApp(t, { signed: { signer } });
  const officer = await app.as('recorder');
  const signed = async () => {
    const opened = await sendCase(app, wayTo('fugitive', 'captured'), officer);
    await allSigned(app);
    return { id: opened.id, checkpoint: (await app.get('/tlog/checkpoint')).body };
  };
  const earlier = await signed();
  const later = await signed();
  await app.views.upToDate();

  t.test('that an event is in the log', async (t) => {
    const answer = await app.get(`/v1/cases/${earlier.id}/events/1/proof`, officer);
    const proof = eventProofSchema.parse(answer.json());
    t.same(verifyEventProof(proof, trusted).faults, []);
    const other = eventProofSchema.parse((await app.get(`/v1/cases/${later.id}/events/1/proof`, officer)).json());
    for (const [what, changed, key, expected] of [
      ['another leaf', { ...proof, leaf: other.leaf }, signer, /is not shown to be leaf 1/],
      ['another place', { ...proof, index: 2 }, signer, /is not shown to be leaf 2/],
      ['another type', { ...proof, leaf: { ...proof.leaf, type: 'closed' } }, signer, /is not shown to be leaf 1/],
      ['no proof', { ...proof, proof: '' }, signer, /the proof cannot be read/],
      ['another key', proof, newSigner('cn.example/log'), /it is not signed with the key/],
    ] as const) {
      const { faults } = verifyEventProof(changed, { key: key.verifier, witnesses: [] });
      t.match(faults.join('\n'), expected, what);
    }
  });

  t.test('that the log has only grown', async (t) => {
    const proof = (await app.get('/tlog/proof/consistency?from=3')).json();
    t.match(proof, { from: 3, to: 6 });
    const seen = [earlier, later].map(({ checkpoint }, at) => ({ what: `checkpoint ${at}`, text: checkpoint }));
    t.same(verifyConsistencyProof(proof, { ...trusted, seen }), []);
    for (const [what, changed, checkpoints, expected] of [
      ['a proof that is too short', { ...proof, proof: proof.proof.slice(1) }, seen, /is not shown to begin with/],
      ['one checkpoint alone', proof, seen.slice(1), /give both checkpoints with --seen, those given are of 6/],
      ['what is no checkpoint', proof, [{ what: 'a note', text: '' }], /a note cannot be read/],
    ] as const) {
      t.match(verifyConsistencyProof(changed, { ...trusted, seen: checkpoints }).join('\n'), expected, what);
    }
  });
});
