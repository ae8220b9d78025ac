import type { AnyStreamKind } from '../../../../domain/kernel/stream-kind.ts';
import { streamOf } from '../../../../domain/kernel/stream-kind.ts';
import { kindOfCategory } from '../../../../domain/stream-kinds.ts';
import type { EventRow } from '../../../../projections/history/query.ts';
import { decodeEvent } from '../../../event-log/codec.ts';

/** An event as the feed gives it: a CloudEvent in JSON, of what is open. */
export const cloudEvent = (ledgerName: string, row: EventRow): string => {
  const { category, recordId } = row;
  const { event } = decodeEvent({ ...row, stream: streamOf(row, recordId) });
  const { occurredAt, statedBy, recordedBy } = event;
  const { particulars, data } = (kindOfCategory(category) as AnyStreamKind).sentData(event);
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: `urn:handover-ledger:${ledgerName}`,
    type: `handover-ledger.${category}.${event.type}`,
    subject: recordId,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    position: row.position,
    revision: event.revision,
    data: {
      occurredAt,
      statedBy,
      recordedBy: { office: recordedBy.office, side: recordedBy.side },
      [category]: particulars,
      data,
    },
  });
};
