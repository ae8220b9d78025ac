import { caseStreams } from './case/kind.ts';
import { agreements } from './cooperation/agreements.ts';
import { equipment } from './cooperation/equipment.ts';
import { meetings } from './cooperation/meetings.ts';
import { trainings } from './cooperation/trainings.ts';
import { twinnings } from './cooperation/twinnings.ts';
import { visits } from './cooperation/visits.ts';
import { erasures } from './erasure/kind.ts';
import { handovers } from './handover/kind.ts';
import type { RegisterKind } from './kernel/register.ts';
import type { AnyStreamKind } from './kernel/stream-kind.ts';
import { offices } from './office/kind.ts';
import { operations } from './operation/kind.ts';
import { reconciliations } from './reconciliation/kind.ts';
import { requests } from './request/kind.ts';
import { statements } from './statement/kind.ts';

/** The registers, each with routes of its own. */
export const REGISTERS: readonly RegisterKind[] = [
  requests,
  handovers,
  statements,
  reconciliations,
  offices,
  operations,
  agreements,
  meetings,
  visits,
  trainings,
  twinnings,
  equipment,
  erasures,
];

/** Every kind of streams that holds records; keys of the vault and what else the log holds are none. */
export const STREAM_KINDS: readonly AnyStreamKind[] = [caseStreams, ...REGISTERS];

const BY_CATEGORY = new Map(STREAM_KINDS.map((kind) => [kind.category, kind]));

/** Undefined where there is no such kind. */
export const kindOfCategory = (category: string): AnyStreamKind | undefined => BY_CATEGORY.get(category);

/** The record that a stream holds. */
export interface RecordOfStream {
  readonly kind: AnyStreamKind;
  readonly id: string;
}

/** Which record a stream holds; undefined where it holds none. */
export const recordOf = (stream: string): RecordOfStream | undefined => {
  const end = stream.indexOf('-');
  const kind = BY_CATEGORY.get(stream.slice(0, end));
  return kind && { kind, id: stream.slice(end + 1) };
};
