import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readOrMakeSecretFile } from '../secret-file.ts';
import {
  CHECKPOINT_COSIGNATURE,
  formatVerifierKey,
  NOTE_SIGNATURE,
  newSignerKey,
  parseSignerKey,
} from '../transparency/note.ts';
import { type Command, UsageError } from './command.ts';

/** Makes the key of a log, or of a witness, once. */
export const signingKey: Command = {
  summary:
    'make the key that signs checkpoints of the log (CHECKPOINT_KEY_FILE), or that of a witness; prints its public key',
  options: {
    name: {
      type: 'string',
      help: 'under which others know it, such as ledger.example/cn: an address without its scheme',
    },
    out: { type: 'string', help: 'the file that it is written to; must not be there yet' },
    witness: { type: 'boolean', help: 'a key that countersigns the checkpoints of others (WITNESS_KEY_FILE)' },
  },
  run: async ({ name, out, witness }) => {
    if (typeof name !== 'string' || typeof out !== 'string') throw new UsageError('give --name and --out');
    if (!/^[^\s/+:]+(\/[^\s+:]+)*$/.test(name)) {
      throw new UsageError(
        '--name is to be such as ledger.example/cn: an address without its scheme, white space or +',
      );
    }
    const file = resolve(out);
    if (existsSync(file)) throw new UsageError(`${file} is there already; what it has signed others know it by`);
    const type = witness === true ? CHECKPOINT_COSIGNATURE : NOTE_SIGNATURE;
    const { verifier } = parseSignerKey(
      readOrMakeSecretFile(file, () => newSignerKey(name, type)),
      type,
    );
    process.stdout.write(`${formatVerifierKey(verifier)}\n`);
    return true;
  },
};
