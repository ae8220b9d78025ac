import type { RecordedCaseEvent } from '../../../../domain/case/history.ts';
import { caseStream } from '../../../../domain/case/kind.ts';
import { sentData } from '../../../../domain/case/output.ts';
import type { EventRow } from '../../../../projections/history/query.ts';
import { decodeEvent } from '../../../event-log/codec.ts';

const TYPE_PREFIX = 'handover-ledger.case.';

/** An event as the feed gives it: a CloudEvent in JSON, of what is open. */
export const cloudEvent = (ledgerName: string, row: EventRow): string => {
  const { event } = decodeEvent<RecordedCaseEvent>({ ...row, stream: caseStream(row.recordId) });
  const { occurredAt, statedBy, recordedBy } = event;
  const { particulars, data } = sentData(event);
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: `urn:handover-ledger:${ledgerName}`,
    type: TYPE_PREFIX + event.type,
    subject: row.recordId,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    position: row.position,
    revision: event.revision,
    data: {
      occurredAt,
      statedBy,
      recordedBy: { office: recordedBy.office, side: recordedBy.side },
      case: particulars,
      data,
    },
  });
};
