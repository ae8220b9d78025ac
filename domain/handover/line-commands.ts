import { COUNTED_HANDOVERS } from '../case/events.ts';
import { caseLifecycles } from '../case/lifecycles/index.ts';
import type { Fields } from '../kernel/event.ts';
import type { EffectiveEvent, RecordEvent } from '../kernel/record.ts';
import type { Side } from '../kernel/sides.ts';
import { statingSide } from '../kernel/stated-by.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import type { MinutesLine } from './lines.ts';

/** Minutes as their unsealed opening event has them, and the line that is recorded in its case. */
export interface LineOfMinutes {
  readonly minutesId: string;
  readonly opening: EffectiveEvent;
  readonly line: MinutesLine;
  readonly kind: CaseKind;
  /** The legal basis that the case names; that of the minutes is for cases that name none. */
  readonly knownBasis: string | undefined;
}

const present = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The event by which a case of some kind is handed over. */
const handoverType = (kind: CaseKind): string => {
  const { rows } = caseLifecycles[kind];
  const type = COUNTED_HANDOVERS.find((each) => rows.some(({ event }) => event === each));
  if (type === undefined) throw new Error(`a ${kind} case is never handed over`);
  return type;
};

/** The command by which a line of minutes is recorded in its case: the handover, or that it did not come about. */
export const handoverCommand = ({ minutesId, opening, line, kind, knownBasis }: LineOfMinutes): RecordEvent => {
  const { handoverDate, pass, number, signatories, place } = opening.data;
  const legalBasis = knownBasis === undefined ? opening.data.legalBasis : undefined;
  const { outcome, cause, property, medicine } = line;
  const common = { name: 'record', occurredAt: opening.occurredAt, statedBy: opening.statedBy } as const;
  if (outcome !== 'handed-over') {
    const data = { cause: outcome === 'no-show' ? outcome : cause, handover: minutesId, place };
    return { ...common, type: 'handover-refused', data: present(data) };
  }
  const minutes = present({ number, signatories });
  const data = { handoverDate, pass, legalBasis, handover: minutesId, place, minutes, property, medicine };
  return { ...common, type: handoverType(kind), data: present(data) };
};

interface Disputed {
  readonly case: string;
  readonly differsIn: readonly string[];
}

/** The command that puts the other side's word of the minutes into the case of a line. */
export const acknowledgementCommand = (
  { minutesId, opening, line }: Pick<LineOfMinutes, 'minutesId' | 'opening' | 'line'>,
  acknowledged: EffectiveEvent,
): RecordEvent => {
  const { inOwnBook, differing = [], theirNumber } = acknowledged.data;
  const dispute = (differing as readonly Disputed[]).find((each) => each.case === line.case);
  const byDelivering = statingSide(acknowledged) === (opening.data.deliveringParty as Side);
  const minutes = theirNumber === undefined ? undefined : { number: theirNumber };
  const type =
    dispute !== undefined ? 'handover-disputed' : byDelivering ? 'delivery-confirmed' : 'receipt-acknowledged';
  return {
    name: 'record',
    type,
    occurredAt: acknowledged.occurredAt,
    statedBy: acknowledged.statedBy,
    data: present({ differsIn: dispute?.differsIn, inOwnBook, handover: minutesId, minutes }),
  };
};

/** The command that takes the word of an acknowledgement out of a case again, as it was annulled in the minutes. */
export const takingBackCommand = ({ occurredAt, statedBy }: EffectiveEvent, wordId: string): RecordEvent => ({
  name: 'record',
  type: 'annulled',
  occurredAt,
  statedBy,
  data: { eventId: wordId, reason: 'The acknowledgement of the minutes was annulled' },
});
