import t from 'tap';
import { checkpointFault, parseCheckpoint, signCheckpoint } from '../../src/transparency/checkpoint.ts';
import { cosign, cosignedAt } from '../../src/transparency/cosignature.ts';
import {
  CHECKPOINT_COSIGNATURE,
  formatNote,
  formatVerifierKey,
  isSignedBy,
  KeyMalformed,
  NOTE_SIGNATURE,
  NoteMalformed,
  newSignerKey,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  signatureLine,
  signNote,
} from '../../src/transparency/note.ts';

/** The example of c2sp.org/signed-note. */
const EXAMPLE_KEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const EXAMPLE =
  'This is an example message.\n\n' +
  '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

/** note_test.go of golang.org/x/mod/sumdb/note. */
const GO_KEY = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const GO_VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_TEXT =
  'If you think cryptography is the answer to your problem,\n' + "then you don't know what your problem is.\n";
const GO_SIGNATURE =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

t.test('the example of the specification is signed under its key, and under no other text', async (t) => {
  const key = parseVerifierKey(EXAMPLE_KEY, NOTE_SIGNATURE);
  t.ok(isSignedBy(parseNote(EXAMPLE), key));
  t.notOk(isSignedBy(parseNote(EXAMPLE.replace('example message', 'example massage')), key));
  t.equal(formatVerifierKey(key), EXAMPLE_KEY);
  t.equal(formatNote(parseNote(EXAMPLE)), EXAMPLE);
});

t.test('a note is signed as Go signs it', async (t) => {
  const signer = parseSignerKey(GO_KEY, NOTE_SIGNATURE);
  t.equal(formatVerifierKey(signer.verifier), GO_VERIFIER);
  t.equal(formatNote(signNote(GO_TEXT, signer)), `${GO_TEXT}\n${GO_SIGNATURE}`);
});

t.test('what is not written as notes are is refused', async (t) => {
  for (const [what, note] of [
    ['no signature', 'text\n\n'],
    ['no empty line', 'text\n— a AAAAAAA=\n'],
    ['a broken line', EXAMPLE.slice(0, -1)],
    ['a tab', EXAMPLE.replace(' is', '\tis')],
    ['base64 written otherwise', EXAMPLE.replace('aQM=', 'aQN=')],
    ['a name with a plus', EXAMPLE.replace('— example.com/foo', '— example.com+foo')],
    ['too short a signature', 'text\n\n— a AAAA\n'],
    ['too many signatures', `text\n\n${'— a AAAAAAA=\n'.repeat(101)}`],
  ] as const) {
    t.throws(() => parseNote(note), NoteMalformed, what);
  }
});

t.test('what is no key of the kind asked for is refused', async (t) => {
  t.throws(() => parseVerifierKey(EXAMPLE_KEY.replace('530d903a', '530d903b'), NOTE_SIGNATURE), KeyMalformed);
  t.throws(() => parseVerifierKey(EXAMPLE_KEY, CHECKPOINT_COSIGNATURE), KeyMalformed);
  t.throws(() => parseVerifierKey('example.com/foo', NOTE_SIGNATURE), KeyMalformed);
  t.throws(() => parseSignerKey(GO_VERIFIER, NOTE_SIGNATURE), KeyMalformed);
  t.throws(() => parseSignerKey(GO_KEY.replace('c74f20a3', 'c74f20a4'), NOTE_SIGNATURE), KeyMalformed);
  t.throws(() => newSignerKey('two words', NOTE_SIGNATURE), KeyMalformed);
});

t.test('a checkpoint is that of the log whose key has signed it', async (t) => {
  const signer = parseSignerKey(newSignerKey('example.com/log', NOTE_SIGNATURE), NOTE_SIGNATURE);
  const namesake = parseSignerKey(newSignerKey('example.com/log', NOTE_SIGNATURE), NOTE_SIGNATURE);
  const other = parseSignerKey(newSignerKey('example.com/other', NOTE_SIGNATURE), NOTE_SIGNATURE);
  const root = Buffer.alloc(32, 7);
  const text = signCheckpoint({ size: 12, root }, signer);
  const checkpoint = parseCheckpoint(text);
  t.match(checkpoint, { origin: 'example.com/log', size: 12, root });
  t.equal(checkpointFault(checkpoint, signer.verifier), undefined);
  t.match(checkpointFault(checkpoint, namesake.verifier), /not signed/);
  t.match(checkpointFault(checkpoint, other.verifier), /a checkpoint of example.com\/log/);
  t.match(checkpointFault(parseCheckpoint(text.replace('\n12\n', '\n13\n')), signer.verifier), /not signed/);
  for (const size of ['012', '-1', '1.5', 'x', '99999999999999999999']) {
    t.throws(() => parseCheckpoint(text.replace('\n12\n', `\n${size}\n`)), { name: 'CheckpointMalformed' }, size);
  }
});

t.test('a cosignature tells when the witness had seen the checkpoint', async (t) => {
  const log = parseSignerKey(newSignerKey('example.com/log', NOTE_SIGNATURE), NOTE_SIGNATURE);
  const witness = parseSignerKey(newSignerKey('witness.example/w', CHECKPOINT_COSIGNATURE), CHECKPOINT_COSIGNATURE);
  const text = signCheckpoint({ size: 12, root: Buffer.alloc(32) }, log);
  const line = signatureLine(cosign(parseNote(text).text, witness, new Date('2026-03-01T08:00:00.500Z')));
  const cosigned = parseNote(text + line);
  t.equal(cosignedAt(cosigned, witness.verifier)?.toISOString(), '2026-03-01T08:00:00.000Z');
  t.ok(isSignedBy(cosigned, log.verifier), 'the signature of the log stands beside it');
  t.equal(cosignedAt(parseNote(text), witness.verifier), undefined);
  t.equal(cosignedAt(parseNote((text + line).replace('\n12\n', '\n13\n')), witness.verifier), undefined);
});

t.test('the cosignature of the specification is of the form that is read', async (t) => {
  // c2sp.org/tlog-cosignature gives the note without its keys.
  const note = parseNote(
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n' +
      '— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n' +
      '— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n',
  );
  t.equal(note.signatures.length, 2);
  t.equal(note.signatures[1]?.signature.readBigUInt64BE(), 1_679_315_147n);
});
