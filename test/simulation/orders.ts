import { foldHistory, type History, type RecordedEvent } from '../../domain/kernel/fold.ts';
import type { Command, EffectiveEvent, RecordState } from '../../domain/kernel/record.ts';
import { officeSide, type Side } from '../../domain/kernel/sides.ts';
import { type AnyStreamKind, streamOf } from '../../domain/kernel/stream-kind.ts';
import { decodeEvent } from '../../src/event-log/codec.ts';
import type { LogSemantics } from './logs.ts';

/** Something that an officer sends. */
export interface Order {
  readonly kind: AnyStreamKind;
  readonly id: string;
  readonly command: Command;
  readonly office: string;
}

/** Records that somebody has sent something to, whatever came of it. */
export interface KnownRecord {
  readonly kind: AnyStreamKind;
  readonly id: string;
}

type RecordHistory = History<RecordState, EffectiveEvent, RecordedEvent>;

/** A record as its stream has it now. */
export const historyIn = (log: Pick<LogSemantics, 'readStream'>, { kind, id }: KnownRecord): RecordHistory =>
  foldHistory(
    kind.rules,
    log.readStream(streamOf(kind, id)).map((event) => decodeEvent(event).event),
  );

export const sideOf = (office: string): Side => officeSide(office) as Side;

/** The ids of all that were recorded of some kind. */
export const idsOf = (known: readonly KnownRecord[], kind: AnyStreamKind): readonly string[] =>
  known.filter((record) => record.kind === kind).map(({ id }) => id);
