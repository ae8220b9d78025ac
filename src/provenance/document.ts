import { setImmediate as turn } from 'node:timers/promises';
import { z } from 'zod';
import { handovers as minutesKind } from '../../domain/handover/kind.ts';
import { streamOf } from '../../domain/kernel/stream-kind.ts';
import type { EventRow, HistoryQueries } from '../../projections/history/query.ts';
import { inclusionProof, remembering } from '../transparency/merkle.ts';
import { proofHashesSchema } from '../transparency/proof-documents.ts';
import { type PublishedCheckpoint, type TreeQueries, withCosignatures } from '../transparency/tree-file.ts';
import { type AskedFigure, askedFigureSchema, type Contributed, type FigureQueries, judgedBy } from './asked-figure.ts';

/** Where a figure comes from, whole by itself: whoever has the key of the log checks it with nothing else at hand. */
export const PROVENANCE = 'handover-ledger/provenance@1';

const storedEventSchema = z.strictObject({
  stream: z.string(),
  revision: z.int(),
  id: z.uuid(),
  type: z.string(),
  data: z.string(),
  metadata: z.string(),
});

export const provenanceSchema = z.strictObject({
  format: z.literal(PROVENANCE),
  key: z.string().describe('The public key of the log; whoever checks has it from elsewhere'),
  figure: askedFigureSchema.describe('What was asked for'),
  asOf: z.strictObject({ leaves: z.int() }).describe('As known after so many events of the log'),
  contributions: z.int().describe('The figure: so many lines make it'),
  lines: z.array(
    z.strictObject({
      record: z.strictObject({ category: z.string(), id: z.uuid() }),
      eventId: z.uuid(),
      minutes: z
        .strictObject({ id: z.uuid(), number: z.string(), documentHash: z.string().nullable() })
        .nullable()
        .describe('The minutes for many persons in which it stands, with the SHA-256 of their document'),
    }),
  ),
  checkpoint: z.string().describe('Signed, as c2sp.org/tlog-checkpoint writes it'),
  events: z
    .array(z.strictObject({ index: z.int(), event: storedEventSchema, proof: proofHashesSchema }))
    .describe(
      'The events of the records that make the figure, as stored, each with its place in the log and the proof of it. That none came after them in a record, only a bundle of the whole log shows',
    ),
});

export type Provenance = z.infer<typeof provenanceSchema>;

export interface ProvenanceSources extends FigureQueries {
  readonly history: Pick<HistoryQueries, 'ofRecord' | 'idsOf'>;
  readonly tree: TreeQueries;
}

/** Records are gone through so many at a time; others are served in between. */
const RECORDS_AT_ONCE = 20;
const EVENTS_AT_ONCE = 100;

interface Asked {
  readonly key: string;
  readonly asked: AskedFigure;
  /** The last position that counts; not beyond the checkpoint. */
  readonly position: string;
  readonly checkpoint: PublishedCheckpoint;
  readonly contributed: readonly Contributed[];
}

/** The document of a figure, as JSON text in pieces: with the proofs of some thousand events it is large. */
export const provenanceText = async (
  { history, tree }: ProvenanceSources,
  { key, asked, position, checkpoint, contributed }: Asked,
): Promise<AsyncIterable<string>> => {
  const tiles = remembering(tree.tile);
  const rowsOf = (category: string, id: string): readonly EventRow[] =>
    history.ofRecord(category, id).filter((row) => row.position <= position);
  const proofOf = ({ index, row }: ProvenEvent): Provenance['events'][number] => {
    const { revision, id, type, data, metadata } = row;
    return {
      index,
      event: { stream: streamOf(row, row.recordId), revision, id, type, data, metadata },
      proof: inclusionProof(tiles, index, checkpoint.size).map((hash) => hash.toString('base64')),
    };
  };
  const minutesOf = (rows: readonly EventRow[], eventId: string): string | undefined => {
    const row = rows.find((each) => each.id === eventId);
    return row && (JSON.parse(row.data) as { readonly open: { readonly handover?: string } }).open.handover;
  };

  const records = new Map<string, readonly EventRow[]>();
  const read = (category: string, id: string): readonly EventRow[] => {
    const known = records.get(`${category} ${id}`) ?? rowsOf(category, id);
    records.set(`${category} ${id}`, known);
    return known;
  };
  const lines: Provenance['lines'] = [];
  for (const [at, { category, id, eventId }] of contributed.entries()) {
    if (at % RECORDS_AT_ONCE === 0) await turn();
    const minutes = minutesOf(read(category, id), eventId);
    lines.push({ record: { category, id }, eventId, minutes: minutes === undefined ? null : describe(minutes, read) });
  }
  for (const category of judgedBy(asked)) for (const id of history.idsOf(category)) read(category, id);

  const events = [...records.values()]
    .flat()
    .map((row): ProvenEvent => ({ index: tree.leafAt(row.position) as number, row }))
    .sort((a, b) => a.index - b.index);
  const rest: Omit<Provenance, 'events'> = {
    format: PROVENANCE,
    key,
    figure: asked,
    asOf: { leaves: (tree.leafAtOrBefore(position) ?? -1) + 1 },
    contributions: contributed.length,
    lines,
    checkpoint: withCosignatures(checkpoint),
  };
  const pieces = async function* (): AsyncGenerator<string> {
    yield `${JSON.stringify(rest).slice(0, -1)},"events":[`;
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
      await turn();
      const some = events.slice(from, from + EVENTS_AT_ONCE).map((event) => JSON.stringify(proofOf(event)));
      yield `${from === 0 ? '' : ','}${some.join(',')}`;
    }
    yield ']}';
  };
  return pieces();
};

/** An event, and the number of its leaf. */
interface ProvenEvent {
  readonly index: number;
  readonly row: EventRow;
}

const describe = (
  id: string,
  read: (category: string, id: string) => readonly EventRow[],
): Provenance['lines'][number]['minutes'] => {
  const [signing] = read(minutesKind.category, id);
  if (signing === undefined) return null;
  const { open } = JSON.parse(signing.data) as {
    readonly open: { readonly number: string; readonly documentHash?: string };
  };
  return { id, number: open.number, documentHash: open.documentHash ?? null };
};

/** The last position of a tree that counts: that of the checkpoint, or an earlier one that is asked for; undefined where that is later. */
export const positionWithin = (
  tree: TreeQueries,
  { size }: PublishedCheckpoint,
  asked: string | undefined,
): string | undefined => {
  const [last] = tree.positions(size - 1, 1);
  if (asked === undefined || last === undefined) return last;
  // Between leaves there may be events that are none.
  const leaf = tree.leafAtOrBefore(asked);
  return leaf !== undefined && leaf < size ? asked : undefined;
};
