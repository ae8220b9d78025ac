import { caseStreams } from '../case/kind.ts';
import { requests } from '../request/kind.ts';
import type { Deadline } from './deadline.ts';
import { deadlinesOfCase } from './of-case.ts';
import { deadlinesOfRequest } from './of-request.ts';

/** The kinds of records that have deadlines, by the category of their streams, and how theirs are told from their fold. */
const DEADLINES_OF: Readonly<Record<string, (state: never) => readonly Deadline[]>> = {
  [caseStreams.category]: deadlinesOfCase,
  [requests.category]: deadlinesOfRequest,
};

export const KINDS_WITH_DEADLINES = Object.keys(DEADLINES_OF);

/** The deadlines of a record; none where its kind has none. */
export const deadlinesOf = (category: string, state: unknown): readonly Deadline[] =>
  DEADLINES_OF[category]?.(state as never) ?? [];
