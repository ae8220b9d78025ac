import { CONTINUED, maySeePersons, PROTECTED_KINDS } from '../../domain/case/access.ts';
import type { Viewer } from '../../domain/kernel/access.ts';
import { type Condition, marks } from '../conditions.ts';

/**
 * SQL for the status by which the person of a case `s` is protected: its own; of a duplicate that was merged into a case which goes on as
 * another, that one's, since it is of the same person.
 */
export const SHELTERED_STATUS = `CASE s.status WHEN 'merged' THEN (
  WITH RECURSIVE into_case (status, state) AS (
    SELECT s.status, s.state
    UNION SELECT m.status, m.state FROM into_case i JOIN cases.case_status m ON m.case_id = i.state ->> '$.mergedInto'
      WHERE i.status = 'merged')
  SELECT iif(EXISTS (SELECT 1 FROM into_case WHERE status = '${CONTINUED}'), '${CONTINUED}', s.status)
) ELSE s.status END`;

/** Cases whose persons the viewer may know, of those that the viewer sees; `s` is their table in the query. */
export const personSeenBy = (viewer: Viewer): Condition => {
  const isProtected = `(s.kind IN (${marks(PROTECTED_KINDS)}) OR ${SHELTERED_STATUS} = ?)`;
  const parameters = [...PROTECTED_KINDS, CONTINUED];
  if (maySeePersons(viewer, true)) return [isProtected, ...parameters];
  return maySeePersons(viewer, false) ? [`NOT ${isProtected}`, ...parameters] : ['FALSE'];
};
