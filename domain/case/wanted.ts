import { missing, type Refusal } from '../kernel/refusal.ts';
import type { CaseState } from './state.ts';

/** A wanted person is wanted by a warrant or a judgment. `pointer` is where it is to be said. */
export const wantedBy = (warrant: CaseState['warrant'], pointer: string): Refusal | undefined =>
  warrant === undefined
    ? missing('a fugitive is wanted by a warrant, a judgment or a red notice: say which in `warrant`', pointer)
    : undefined;
