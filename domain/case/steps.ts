import { EMPTY_HISTORY } from '../kernel/fold.ts';
import { type JsonChange, jsonChanges } from '../kernel/json-changes.ts';
import { type CaseDocument, caseDocument } from './document.ts';
import { type CaseHistory, extendHistory, type RecordedCaseEvent } from './history.ts';

/** One recorded event of a case, and what it made of it. */
export interface CaseStep {
  readonly event: RecordedCaseEvent;
  /** The case after it, as it was known then: after a correction or an annulment by the history as it was to be read from then on. */
  readonly after: CaseDocument;
  /** In what it differs from the case before, besides the number of the event. */
  readonly changes: readonly JsonChange[];
}

/** A case event by event, in order of their revision, from the first on. */
export const caseSteps = (caseId: string, recorded: readonly RecordedCaseEvent[]): readonly CaseStep[] => {
  let history: CaseHistory = EMPTY_HISTORY;
  let before: object = {};
  return recorded.map((event) => {
    history = extendHistory(history, event);
    if (history.state === undefined) throw new Error(`case ${caseId} has no state after ${event.id}`);
    const after = caseDocument(caseId, event.revision, history.state);
    const changes = jsonChanges(before, after).filter(({ pointer }) => pointer !== '/revision');
    before = after;
    return { event, after, changes };
  });
};
