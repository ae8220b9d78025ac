import type { Fields } from '../kernel/event.ts';
import type { EffectiveEvent } from '../kernel/record.ts';
import type { RegisterState } from '../kernel/register.ts';
import type { LINE_TASKS, SettledLine } from './events.ts';
import type { MinutesLine } from './lines.ts';

export type LineTask = (typeof LINE_TASKS)[number];

/** A line as the minutes stand: what they say of it, and what came of it in the case. */
export type LineState = Pick<MinutesLine, 'case' | 'outcome' | 'cause'> &
  Readonly<Partial<Record<LineTask, Omit<SettledLine, 'line'>>>>;

export const linesOf = ({ lines }: Fields): readonly LineState[] => lines as readonly LineState[];

/** The entries after some lines were settled. */
export const changeLines = (entries: Fields, { data }: EffectiveEvent): Fields => {
  const { task, settled } = data as unknown as { readonly task: LineTask; readonly settled: readonly SettledLine[] };
  const byLine = new Map(settled.map(({ line, ...what }) => [line, what]));
  const lines = linesOf(entries).map((line, index) => {
    const what = byLine.get(index);
    return what === undefined ? line : { ...line, [task]: what };
  });
  return { ...entries, lines };
};

/** The entries after some lines that could not be recorded are to be tried again. */
export const takeUpAgain = (entries: Fields, { data }: EffectiveEvent): Fields => {
  const again = new Set(data.again as readonly number[]);
  const isAcknowledged = entries.acknowledgement !== undefined;
  const lines = linesOf(entries).map((line, index) => {
    if (!again.has(index)) return line;
    const { handover, acknowledgement, ...said } = line;
    const word = isAcknowledged ? acknowledgement : stillStanding(acknowledgement);
    return { ...said, ...kept('handover', handover), ...kept('acknowledgement', word) };
  });
  return { ...entries, lines };
};

/** The entries with the other side's word; where an earlier one, that was annulled, was recorded, this one takes its place. */
export const acknowledge = (entries: Fields, { data }: EffectiveEvent): Fields => {
  const { inOwnBook, differing, theirNumber } = data;
  const lines = linesOf(entries).map(({ acknowledgement: _, ...line }) => line);
  return { ...entries, lines, acknowledgement: { inOwnBook, differing, theirNumber } };
};

const kept = (task: LineTask, what: LineState[LineTask]) => (what?.result === 'recorded' ? { [task]: what } : {});

/** A word that could not be taken back is on record in the case. */
const stillStanding = (word: LineState['acknowledgement']): LineState['acknowledgement'] =>
  word?.result === 'could-not-be' && word.event !== undefined ? { result: 'recorded', event: word.event } : word;

/**
 * What is still to be done with a line of minutes; undefined where nothing is. In the case stands the word of the acknowledgement that the
 * minutes have: that of one that was annulled is taken back.
 */
const openTask = (line: LineState, isAcknowledged: boolean): LineTask | undefined => {
  const { handover, acknowledgement: word, outcome } = line;
  if (handover === undefined) return 'handover';
  const isDone = isAcknowledged
    ? outcome !== 'handed-over' ||
      handover.result !== 'recorded' ||
      word?.result === 'recorded' ||
      word?.result === 'could-not-be'
    : word?.result !== 'recorded';
  return isDone ? undefined : 'acknowledgement';
};

export interface OpenLine {
  readonly line: number;
  readonly task: LineTask;
}

/** The lines of minutes with which something is still to be done, in their order. */
export const openLines = ({ standing, entries }: RegisterState): readonly OpenLine[] => {
  if (standing.state === 'annulled') return [];
  return linesOf(entries).flatMap((line, index) => {
    const task = openTask(line, standing.state === 'acknowledged');
    return task === undefined ? [] : [{ line: index, task }];
  });
};
