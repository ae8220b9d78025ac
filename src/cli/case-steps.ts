import type { RecordedCaseEvent } from '../../domain/case/history.ts';
import { caseStream } from '../../domain/case/kind.ts';
import { type CaseStep, caseSteps } from '../../domain/case/steps.ts';
import type { JsonChange } from '../../domain/kernel/json-changes.ts';
import { statingOffice } from '../../domain/kernel/stated-by.ts';
import type { AsOf } from '../../projections/times.ts';
import type { Config } from '../config.ts';
import { decodeEvent } from '../event-log/codec.ts';
import { openEventLogReader } from '../event-log/open.ts';
import { eventLogLocation } from '../places.ts';
import { positionOf } from '../replaying/position-of.ts';

/** A case event by event as the log tells it, up to a time of knowledge, as text; without what is sealed. Throws where there is none. */
export const caseStepsText = async (config: Config, caseId: string, to: AsOf | undefined): Promise<string> => {
  const log = await openEventLogReader(eventLogLocation(config));
  try {
    const end = to && (await positionOf(log, to, 'records'));
    const logged = (await log.readStream(caseStream(caseId))).filter(
      ({ position }) => end === undefined || position <= end,
    );
    if (logged.length === 0) {
      throw new Error(`there is no case ${caseId} in the log${end === undefined ? '' : `, as it was known then`}`);
    }
    const steps = caseSteps(
      caseId,
      logged.map((each) => decodeEvent<RecordedCaseEvent>(each).event),
    );
    return steps.map((step, index) => stepText(step, logged[index]?.position ?? '')).join('\n');
  } finally {
    await log.close();
  }
};

const stepText = ({ event, after, changes }: CaseStep, position: string): string => {
  const { revision, type, id, occurredAt, recordedAt, recordedBy } = event;
  return [
    `${revision}  ${type} ${id} at ${position}`,
    `   happened ${occurredAt} by the word of ${statingOffice(event)}; recorded ${recordedAt} by ${recordedBy.office} (${recordedBy.role})`,
    `   ${after.status}`,
    ...changes.map(changeLine),
    '',
  ].join('\n');
};

const changeLine = ({ pointer, ...sides }: JsonChange): string => {
  const after = 'after' in sides ? JSON.stringify(sides.after) : 'nothing';
  return `     ${pointer}: ${'before' in sides ? `${JSON.stringify(sides.before)} → ` : ''}${after}`;
};
