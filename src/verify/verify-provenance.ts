import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openForQueries } from '../../projections/database.ts';
import { createHandoverQueries } from '../../projections/handovers/query.ts';
import { HISTORY_READ_MODEL } from '../../projections/read-models.ts';
import { createReportQueries } from '../../projections/reports/query.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { loadEvents } from '../event-log/sqlite/load.ts';
import { type Contributed, contributionsTo } from '../provenance/asked-figure.ts';
import { type Provenance, provenanceSchema } from '../provenance/document.ts';
import { parseCheckpoint, type SignedCheckpoint } from '../transparency/checkpoint.ts';
import { entryOf } from '../transparency/leaf.ts';
import { hashLeaf, rootOfInclusion } from '../transparency/merkle.ts';
import { buildHistory } from './figures.ts';
import { faultsOfRecord } from './records.ts';
import { faultsOfSignatures, type Trusted } from './signatures.ts';
import { describe } from './verify-log.ts';
import { faultsOfForm } from './well-formed.ts';

export interface VerifiedProvenance {
  readonly provenance: Provenance | undefined;
  readonly checkpoint: SignedCheckpoint | undefined;
  readonly cosigned: readonly { readonly name: string; readonly at: Date }[];
  readonly faults: readonly string[];
}

/**
 * Holds the document of a figure against the key of its log: each event is in the signed tree, each record can have gone so, and what is
 * asked for is counted from them once more. That no other line makes the figure as well is shown by a bundle alone. `scratch` is an empty
 * folder.
 */
export const verifyProvenance = async (
  json: unknown,
  trusted: Pick<Trusted, 'key' | 'witnesses'>,
  scratch: string,
): Promise<VerifiedProvenance> => {
  const provenance = parse(json);
  if (typeof provenance === 'string') {
    return { provenance: undefined, checkpoint: undefined, cosigned: [], faults: [provenance] };
  }
  let checkpoint: SignedCheckpoint;
  try {
    checkpoint = parseCheckpoint(provenance.checkpoint);
  } catch (error) {
    const fault = `the checkpoint cannot be read: ${(error as Error).message}`;
    return { provenance, checkpoint: undefined, cosigned: [], faults: [fault] };
  }
  const signatures = faultsOfSignatures(checkpoint, trusted);
  const faults = [
    ...signatures.faults,
    ...provenance.events.flatMap((each) => faultsOfEvent(each, checkpoint, provenance.asOf.leaves)),
    ...(await faultsOfCount(provenance, scratch)),
  ];
  return { provenance, checkpoint, cosigned: signatures.cosigned, faults };
};

const parse = (json: unknown): Provenance | string => {
  const parsed = provenanceSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `it is no document of a figure: at /${issue?.path.join('/')}: ${issue?.message}`;
};

const faultsOfEvent = (
  { index, event, proof }: Provenance['events'][number],
  { size, root }: SignedCheckpoint,
  leaves: number,
): readonly string[] => {
  if (index >= leaves)
    return [`${describe(event)}, leaf ${index}, came after the ${leaves} events that the figure is of`];
  try {
    const hashes = proof.map((hash) => Buffer.from(hash, 'base64'));
    const isProved = rootOfInclusion(hashLeaf(entryOf(event)), index, size, hashes)?.equals(root) === true;
    if (!isProved)
      return [`${describe(event)}, leaf ${index}, is not shown to be in the signed log: it, or its proof, was changed`];
  } catch (error) {
    return [`${describe(event)}: ${(error as Error).message}`];
  }
  return faultsOfForm({ ...event, position: '' }).map((fault) => `${describe(event)}: ${fault}`);
};

/** Counts from the events alone what is asked for. */
const faultsOfCount = async (provenance: Provenance, scratch: string): Promise<readonly string[]> => {
  const file = join(scratch, 'events.sqlite');
  const faults: string[] = [];
  const events = async function* () {
    for (const { event } of provenance.events) yield event;
  };
  await loadEvents(file, events(), (event) => faults.push(`${describe(event)} is there twice`));
  const log = await openEventLogReader({ kind: 'sqlite', file });
  try {
    const streams = new Set(provenance.events.map(({ event }) => event.stream));
    for (const stream of streams) faults.push(...faultsOfRecord(stream, await log.readStream(stream)));
    await buildHistory(log, scratch);
  } catch (error) {
    return [...faults, `the figure cannot be counted: ${(error as Error).message}`];
  } finally {
    await log.close();
  }
  const database = openForQueries(scratch, [HISTORY_READ_MODEL]);
  try {
    const queries = { handovers: createHandoverQueries(database), reports: createReportQueries(database) };
    const counted = contributionsTo(queries, provenance.figure, undefined);
    return [...faults, ...faultsOfLines(provenance, counted)];
  } catch (error) {
    return [...faults, `what is asked for cannot be counted: ${(error as Error).message}`];
  } finally {
    database.close();
  }
};

const faultsOfLines = ({ contributions, lines }: Provenance, counted: readonly Contributed[]): readonly string[] => {
  const given = lines.map(({ record, eventId }) => ({ ...record, eventId }));
  return [
    ...(contributions === counted.length
      ? []
      : [`the figure is given as ${contributions}, and the events give ${counted.length}`]),
    ...(isDeepStrictEqual(given, [...counted]) ? [] : ['the lines are not those that the events give']),
  ];
};
