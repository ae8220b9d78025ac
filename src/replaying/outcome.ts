import type { REPLAY_COMPARISON_LABELS, REPLAY_STEP_LABELS } from '../../domain/labels/replay-codes.ts';
import type { Difference } from './difference.ts';

/** Whether the view is held against itself at one place, or as it was then against as it is now. */
export type Comparison = keyof typeof REPLAY_COMPARISON_LABELS;

/** What came of it. */
export interface ReplayedView {
  readonly view: string;
  readonly version: number;
  readonly comparison: Comparison;
  /** The place in the log up to which the view was built anew, and the one at which the live view stood. */
  readonly position: string;
  readonly livePosition: string;
  readonly events: number;
  /** The tables of the view, each with the number of its rows as the log gives them. */
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly differences: number }[];
  readonly differences: number;
  /** The first of them. */
  readonly first: readonly Difference[];
}

/** How far it is: events that were replayed, then rows that were compared. */
export interface ReplayProgress {
  readonly view: string;
  readonly step: keyof typeof REPLAY_STEP_LABELS;
  readonly done: number;
}
