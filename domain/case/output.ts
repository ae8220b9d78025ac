import type { Fields } from '../kernel/event.ts';
import * as output from '../kernel/output.ts';
import type { CaseEvent } from './events.ts';

/** The content of an unsealed event as it was sent in: what an opening event says of the case apart from its data. */
export const sentData = (event: CaseEvent): output.Sent =>
  output.sentData(event, ({ data: stored }) => {
    if (!('case' in stored) || stored.case === undefined) return { data: stored };
    const { case: open, person, caseNumbers, warrantNumber, ...data } = stored;
    return { particulars: withoutUndefined({ ...open, person, caseNumbers, warrantNumber }), data };
  });

const withoutUndefined = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
