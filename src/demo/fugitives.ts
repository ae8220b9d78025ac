import { otherSide, type Side } from '../../domain/kernel/sides.ts';
import { addDays, type PlainDate } from '../../domain/kernel/time.ts';
import { inventedPerson } from './people.ts';
import { type DemoStep, INVENTED, RECORDING_OFFICE, stepsFrom } from './step.ts';

export interface FugitiveCase {
  readonly key: string;
  /** Of the person; each number is another person. */
  readonly number: number;
  readonly requestingParty: Side;
  readonly handedOverOn: PlainDate;
  readonly pass: string;
  /** Whose word that of the Vietnamese side is; left out: the ministry's. */
  readonly vietnameseOffice?: string;
  readonly offence: string;
  readonly incident?: string;
  /** Left out: everything was recorded on the day after it happened. */
  readonly recordedLateOn?: PlainDate;
  readonly source?: string;
}

/** The whole ordinary way of a fugitive, from the report to the closing, back from the day of the handover. */
export const handedOverFugitive = (fugitive: FugitiveCase): readonly DemoStep[] => {
  const {
    key,
    number,
    requestingParty,
    handedOverOn,
    pass,
    vietnameseOffice,
    recordedLateOn,
    source = INVENTED,
  } = fugitive;
  const delivering = otherSide(requestingParty);
  const step = stepsFrom({
    key,
    day: handedOverOn,
    ...(pass === 'hekou' && { office: RECORDING_OFFICE.yunnan }),
    vietnameseOffice,
    recordedLateOn,
    source,
  });
  return [
    {
      ...step(-60, requestingParty, 'reported'),
      particulars: {
        kind: 'fugitive',
        requestingParty,
        minor: false,
        person: inventedPerson(number, requestingParty),
        offences: [{ iccs: fugitive.offence }],
        warrant: { kind: 'warrant' },
        warrantNumber: `DEMO-W-${number}`,
        caseNumbers: [{ side: requestingParty, number: `DEMO-${requestingParty}-${number}` }],
        ...(fugitive.incident !== undefined && { incident: fugitive.incident }),
      },
    },
    step(-30, delivering, 'captured'),
    step(-28, 'CN', 'identity-verified', { method: 'document' }),
    step(-20, delivering, 'protection-check-recorded', {
      outcome: 'no-bar',
      considered: ['torture-risk', 'asylum-claim'],
      decidedOn: addDays(handedOverOn, -20),
      decidedBy: 'Duty officer (invented)',
      basis: 'File and interview (invented)',
    }),
    step(-10, delivering, 'transfer-approved', { legalBasis: 'police-cooperation' }),
    step(-1, delivering, 'transferred', { pass }),
    step(0, 'CN', 'handed-over-at-border-pass', { handoverDate: handedOverOn, pass }),
    step(0, requestingParty, 'receipt-acknowledged', { receivedOn: handedOverOn }),
    step(1, 'CN', 'closed'),
  ];
};
