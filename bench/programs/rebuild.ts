/** Builds every view of a log from its beginning. Arguments: the file of the log, the key file, a directory for the views. */
import { startProjector } from '../../src/projecting/projector.ts';
import { reportMeasured } from '../support/child.ts';

const [file, keyEncryptionKeyFile, directory] = process.argv.slice(2) as [string, string, string];
const began = performance.now();
const projector = startProjector({ directory, log: { kind: 'sqlite', file }, keyEncryptionKeyFile });
await projector.caughtUp();
const seconds = (performance.now() - began) / 1000;
await projector.close();
reportMeasured(seconds);
