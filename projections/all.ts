import { caseStatusProjection } from './cases/project.ts';
import { handoversProjection } from './handovers/project.ts';
import { historyProjection } from './history/project.ts';
import type { Projection } from './projection.ts';

/** Every read model of a node. Each is built by itself, from the log alone. */
// biome-ignore lint/suspicious/noExplicitAny: each prepares a batch in its own way, which only it looks at
export const PROJECTIONS: readonly Projection<any>[] = [caseStatusProjection, historyProjection, handoversProjection];
