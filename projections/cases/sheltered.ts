import { CONTINUED, maySeePersons, PROTECTED_KINDS } from '../../domain/case/access.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import { type Condition, marks } from '../conditions.ts';

/** Cases whose persons the viewer may know, of those that the viewer sees; `cases` is the name of their table in the query. */
export const personSeenBy = (viewer: Viewer, cases: string): Condition => {
  const isProtected = `(${cases}.kind IN (${marks(PROTECTED_KINDS)}) OR ${cases}.status = ?)`;
  const parameters = [...PROTECTED_KINDS, CONTINUED];
  if (maySeePersons(viewer, true)) return [isProtected, ...parameters];
  return maySeePersons(viewer, false) ? [`NOT ${isProtected}`, ...parameters] : ['FALSE'];
};
