import type { PlainDate } from '../../domain/kernel/time.ts';
import { inventedPerson } from './people.ts';
import { type DemoStep, INVENTED, nextMorning, RECORDING_OFFICE, wordOf } from './step.ts';

/** Extraditions on which terms run, and two further cases of one of the persons. All are invented. */
export const extraditionCases = (): readonly DemoStep[] => [
  ...arrestedProvisionally(),
  ...toBeCollected(),
  ...samePersonElsewhere(),
];

const ARRESTED = 960_001;
const AGREED = 960_002;

const stepOf = (
  key: string,
  occurredAt: PlainDate,
  type: string,
  { data = {}, ...rest }: Omit<Partial<DemoStep>, 'data'> & { readonly data?: object } = {},
): DemoStep => ({
  key,
  recordedAt: nextMorning(occurredAt),
  office: RECORDING_OFFICE.guangxi,
  type,
  occurredAt,
  ...rest,
  data: { ...data, source: INVENTED },
});

const vietNam = wordOf('VN', 'DEMO-extradition');

const wantedByVietNam = (key: string, number: number, reportedOn: PlainDate): DemoStep =>
  stepOf(key, reportedOn, 'reported', {
    ...vietNam,
    particulars: {
      kind: 'fugitive',
      requestingParty: 'VN',
      minor: false,
      person: inventedPerson(number, 'VN'),
      offences: [{ iccs: '0701' }],
      warrant: { kind: 'warrant' },
    },
  });

/** Thirty days for the formal request, and fifteen more that Viet Nam asked for. */
const arrestedProvisionally = (): readonly DemoStep[] => {
  const key = 'arrested-provisionally';
  return [
    wantedByVietNam(key, ARRESTED, '2025-11-03'),
    stepOf(key, '2025-11-20', 'captured', { data: { provisional: true, province: 'CN-GX' } }),
    stepOf(key, '2025-12-15', 'provisional-arrest-extended', {
      data: { reason: 'The file is being translated (invented)' },
    }),
  ];
};

/** Agreed for 8 March: who is not collected by 23 March is let go. */
const toBeCollected = (): readonly DemoStep[] => {
  const key = 'to-be-collected';
  return [
    wantedByVietNam(key, AGREED, '2025-10-06'),
    stepOf(key, '2025-10-20', 'captured', { data: { provisional: true, province: 'CN-GX' } }),
    stepOf(key, '2025-11-10', 'surrender-requested', vietNam),
    stepOf(key, '2025-11-11', 'identity-verified', { data: { method: 'fingerprints' } }),
    stepOf(key, '2025-11-12', 'protection-check-recorded', {
      data: {
        outcome: 'no-bar',
        considered: ['torture-risk', 'asylum-claim'],
        decidedOn: '2025-11-12',
        decidedBy: 'Duty officer (invented)',
        basis: 'File and interview (invented)',
      },
    }),
    stepOf(key, '2025-12-10', 'transfer-approved', { data: { legalBasis: 'extradition-treaty' } }),
    stepOf(key, '2025-12-16', 'handover-agreed', { data: { agreedDate: '2026-03-08', pass: 'youyi-guan' } }),
  ];
};

/** Found in China twice before: the one case is linked, the other was not looked at yet. */
const samePersonElsewhere = (): readonly DemoStep[] => {
  const found = (key: string, day: PlainDate): DemoStep =>
    stepOf(key, day, 'found', {
      particulars: {
        kind: 'irregular-entry',
        requestingParty: 'CN',
        minor: false,
        person: inventedPerson(ARRESTED, 'VN'),
      },
      data: { province: 'CN-GX' },
    });
  return [
    found('same-person-linked', '2025-06-02'),
    found('same-person-unlinked', '2025-08-04'),
    {
      ...stepOf('same-person-linked', '2025-11-24', 'linked-to-person-of'),
      data: (_history, recordId) => ({
        otherCase: recordId('arrested-provisionally'),
        basis: 'fingerprints',
        reason: 'The fingerprints agree (invented)',
        source: INVENTED,
      }),
    },
  ];
};
