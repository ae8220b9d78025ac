import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadConfig } from '../config.ts';
import { PROVENANCE } from '../provenance/document.ts';
import {
  CHECKPOINT_COSIGNATURE,
  KeyMalformed,
  NOTE_SIGNATURE,
  parseVerifierKey,
  type SignatureType,
  type VerifierKey,
} from '../transparency/note.ts';
import { consistencyProofSchema, eventProofSchema } from '../transparency/proof-documents.ts';
import { describeTreeHead } from '../transparency/tree-head.ts';
import type { Trusted } from '../verify/signatures.ts';
import { type VerifiedBundle, verifyBundle } from '../verify/verify-bundle.ts';
import type { Verified } from '../verify/verify-log.ts';
import { verifyOwnLog } from '../verify/verify-own-log.ts';
import { verifyConsistencyProof, verifyEventProof } from '../verify/verify-proof.ts';
import { type VerifiedProvenance, verifyProvenance } from '../verify/verify-provenance.ts';
import { type Command, progressOf, UsageError } from './command.ts';
import { printable, writeFaults } from './faults.ts';

export const verify: Command = {
  summary:
    'check a bundle, a proof or the document of a figure against the public key of its log, offline; without one, the own log',
  parameters: '[FOLDER | FILE]',
  options: {
    key: {
      type: 'string',
      help: 'the public key of the log, or a file that holds it; have it from elsewhere than the bundle',
    },
    witness: {
      type: 'string',
      multiple: true,
      help: 'the public key of a witness that is to have cosigned, or a file; several',
    },
    seen: {
      type: 'string',
      multiple: true,
      help: 'another checkpoint of the log, earlier or later, that you have kept; several',
    },
  },
  run: async ({ key, witness = [], seen = [] }, [folder, ...more]) => {
    if (more.length > 0) throw new UsageError('give one folder');
    const scratch = mkdtempSync(join(tmpdir(), 'handover-ledger-verify-'));
    try {
      if (folder === undefined) {
        if (key !== undefined || [...(witness as string[]), ...(seen as string[])].length > 0) {
          throw new UsageError('--key, --witness and --seen are for a bundle or a figure: give its folder or file');
        }
        const { head, reads, ...verified } = await verifyOwnLog(
          loadConfig(process.env),
          scratch,
          progressOf('Events checked').at,
        );
        process.stdout.write(`the log: ${describeTreeHead(head)}; beside it ${reads} events of who has read what\n`);
        return tell(verified);
      }
      if (!existsSync(resolve(folder))) throw new UsageError(`${folder} is not there`);
      if (typeof key !== 'string')
        throw new UsageError('give --key: the public key of the log, or a file that holds it');
      const path = resolve(folder);
      const trusted = {
        key: keyOf('--key', key, NOTE_SIGNATURE),
        witnesses: (witness as string[]).map((each) => keyOf('--witness', each, CHECKPOINT_COSIGNATURE)),
        seen: (seen as string[]).map((file) => ({ what: file, text: textOf('--seen', file) })),
      };
      if (statSync(path).isFile()) return await verifyFile(readFileSync(path, 'utf8'), trusted, scratch);
      const verified = await verifyBundle(path, trusted, scratch, progressOf('Events checked').at);
      tellOfCheckpoint(verified);
      return tell(verified);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

/** A proof, or the document of a figure: each is known by what is in it. */
const verifyFile = async (text: string, trusted: Trusted, scratch: string): Promise<boolean> => {
  const json = jsonIn(text);
  const grown = consistencyProofSchema.safeParse(json);
  if (grown.success) {
    const faults = verifyConsistencyProof(grown.data, trusted);
    if (faults.length === 0) {
      process.stdout.write(`the log of ${grown.data.to} leaves begins with that of ${grown.data.from}\n`);
    }
    return tellFaults(faults);
  }
  if (trusted.seen.length > 0) {
    throw new UsageError(
      '--seen is for a bundle, or a proof of growth: this has nothing by which another checkpoint is held to it',
    );
  }
  const ofEvent = eventProofSchema.safeParse(json);
  if (!ofEvent.success) {
    if ((json as { readonly format?: unknown } | null | undefined)?.format === PROVENANCE) {
      return tellOfFigure(await verifyProvenance(json, trusted, scratch));
    }
    return tellFaults([
      'it is none of what is checked: the document of a figure, the proof of an event, or the proof that the log has only grown, each as the service gives it',
    ]);
  }
  const { faults, ...signed } = verifyEventProof(ofEvent.data, trusted);
  tellOfCheckpoint(signed);
  if (faults.length === 0) {
    const { id, type, stream, revision } = ofEvent.data.leaf;
    process.stdout.write(
      printable(`event ${id} (${type}), revision ${revision} of ${stream}: leaf ${ofEvent.data.index}`),
    );
    process.stdout.write('\n');
  }
  return tellFaults(faults);
};

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whose tree it is, and who has countersigned it. */
const tellOfCheckpoint = ({ checkpoint, cosigned }: Pick<VerifiedBundle, 'checkpoint' | 'cosigned'>): void => {
  if (checkpoint !== undefined) {
    process.stdout.write(`checkpoint of ${checkpoint.origin}: ${describeTreeHead(checkpoint)}\n`);
  }
  for (const { name, at } of cosigned) process.stdout.write(`cosigned by ${name} at ${at.toISOString()}\n`);
};

const tellOfFigure = ({ provenance, faults, ...signed }: VerifiedProvenance): boolean => {
  tellOfCheckpoint(signed);
  if (provenance !== undefined && faults.length === 0) {
    const { figure, contributions, events } = provenance;
    process.stdout.write(
      `${contributions} lines make ${JSON.stringify(figure)}; ${events.length} events, each in the signed log\n` +
        'Whether these records have later events, only a bundle of the whole log tells.\n',
    );
  }
  return tellFaults(faults);
};

const tell = ({ events, records, yearly = [], faults }: Omit<Verified, 'head'>): boolean => {
  process.stdout.write(`${events} events of ${records} records, from which ${yearly.length} yearly figures follow\n`);
  return tellFaults(faults);
};

const tellFaults = (faults: readonly string[]): boolean => {
  writeFaults(process.stdout, faults);
  const count = faults.length === 1 ? '1 fault.' : `${faults.length} faults.`;
  process.stdout.write(faults.length === 0 ? 'Everything agrees.\n' : `${count}\n`);
  return faults.length === 0;
};

const textOf = (option: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: ${file} cannot be read: ${(error as Error).message}`);
  }
};

const keyOf = (option: string, given: string, type: SignatureType): VerifierKey => {
  const text = existsSync(given) ? textOf(option, given) : given;
  try {
    return parseVerifierKey(text, type);
  } catch (error) {
    if (!(error instanceof KeyMalformed)) throw error;
    const asFile = existsSync(given) ? '' : `; and there is no file ${given}`;
    throw new UsageError(`${option}: ${error.message}${asFile}`);
  }
};
