import { randomUUID } from 'node:crypto';
import { caseStreams } from '../../domain/case/kind.ts';
import { visits } from '../../domain/cooperation/visits.ts';
import { handovers } from '../../domain/handover/kind.ts';
import { LEDGER_ITSELF } from '../../domain/kernel/access.ts';
import { addDays } from '../../domain/kernel/time.ts';
import { operations } from '../../domain/operation/kind.ts';
import { requests } from '../../domain/request/kind.ts';
import { statements } from '../../domain/statement/kind.ts';
import type { Told } from './fill.ts';

/** Years of a ledger of both sides' work: every kind of record, over many offices, passes and days; all invented. */

const vietNam = { statedBy: { office: 'VN-09-BLO', document: 'Bench 1' } };
const PASSES = ['youyi-guan', 'dongxing', 'shuikou', 'hekou', 'longbang'] as const;
const OFFICES = ['CN-GX-BLO', 'CN-YN-BLO', 'CN-MPS'] as const;
const FAMILIES = ['李', '王', '张', '黄', '韦', '陆', '农', '吕'] as const;
const LETTERS = 'ABCDEGHKLMNPQTVX';

const personOf = (index: number) => ({
  names: [
    {
      text: `${FAMILIES[index % FAMILIES.length]}某${LETTERS[index % LETTERS.length]}`,
      script: 'Hans',
      role: 'native',
    },
    { text: `Nguyễn ${LETTERS[index % 7]}. ${LETTERS[(index * 3) % LETTERS.length]}.`, script: 'Latn', role: 'alias' },
  ],
  sex: 1,
  birthDate: { date: String(1960 + (index % 40)), estimated: true },
});

const check = (decidedOn: string) => ({
  outcome: 'no-bar',
  considered: ['torture-risk'],
  decidedOn,
  decidedBy: 'T. V. B.',
  basis: 'interview',
});

const suspect = (index: number, day: string, pass: string): Told => ({
  kind: caseStreams,
  office: OFFICES[index % OFFICES.length] as string,
  steps: [
    {
      kind: 'suspect',
      requestingParty: 'CN',
      minor: false,
      occurredAt: day,
      ...vietNam,
      person: personOf(index),
      incident: `bench-${index}`,
    },
    { type: 'identity-verified', occurredAt: day, data: { method: 'document' } },
    { type: 'protection-check-recorded', occurredAt: day, ...vietNam, data: check(day) },
    { type: 'transfer-approved', occurredAt: day, ...vietNam, data: { legalBasis: 'police-cooperation' } },
    { type: 'transferred', occurredAt: day, ...vietNam, data: { pass } },
    { type: 'handed-over-at-border-pass', occurredAt: day, data: { handoverDate: day, pass } },
    // One in five handovers stays the word of one side.
    ...(index % 5 === 0 ? [] : [{ type: 'delivery-confirmed', occurredAt: day, ...vietNam }]),
    { type: 'receipt-acknowledged', occurredAt: day },
    { type: 'closed', occurredAt: day },
  ],
});

const returned = (index: number, day: string, pass: string): Told => ({
  kind: caseStreams,
  office: OFFICES[index % OFFICES.length] as string,
  steps: [
    { kind: 'irregular-entry', requestingParty: 'CN', minor: false, occurredAt: day, person: personOf(index) },
    { type: 'nationality-verified', occurredAt: day, ...vietNam, data: { nationality: 'VN' } },
    { type: 'protection-check-recorded', occurredAt: day, data: check(day) },
    { type: 'return-ordered', occurredAt: day, data: { legalBasis: 'readmission' } },
    ...(index % 3 === 0
      ? []
      : [{ type: 'handed-over-at-border-pass', occurredAt: day, data: { handoverDate: day, pass } }]),
  ],
});

/** Wanted, and held since a provisional arrest: a term runs. */
const held = (index: number, day: string): Told => ({
  kind: caseStreams,
  office: OFFICES[index % OFFICES.length] as string,
  steps: [
    {
      kind: 'fugitive',
      type: 'reported',
      requestingParty: 'VN',
      minor: false,
      occurredAt: day,
      ...vietNam,
      person: personOf(index),
      warrant: { kind: 'warrant' },
    },
    { type: 'captured', occurredAt: day, data: { provisional: true, province: 'CN-GX' } },
  ],
});

const victim = (index: number, day: string): Told => ({
  kind: caseStreams,
  office: 'CN-GX-BLO',
  role: 'protection',
  steps: [
    {
      kind: 'trafficking-victim',
      type: 'reported',
      requestingParty: 'VN',
      minor: false,
      occurredAt: day,
      ...vietNam,
      person: personOf(index),
    },
    { type: 'rescued', occurredAt: day, data: { province: 'CN-GX' } },
    { type: 'taken-into-care', occurredAt: day },
  ],
});

const request = (index: number, day: string): Told => ({
  kind: requests,
  office: OFFICES[index % OFFICES.length] as string,
  steps: [
    {
      kind: 'information',
      addressee: 'VN-MPS',
      urgency: 'routine',
      question: 'Where is N. V. A.?',
      dueOn: addDays(day, 30),
      occurredAt: day,
    },
    ...(index % 2 === 0
      ? [
          {
            type: 'replied',
            occurredAt: day,
            statedBy: { office: 'VN-MPS', document: 'Bench 2' },
            data: { outcome: 'answered' },
          },
        ]
      : []),
  ],
});

const visit = (day: string): Told => ({
  kind: visits,
  office: 'CN-MPS',
  steps: [
    {
      occurredAt: day,
      visitors: { side: 'CN', level: 'ministry', office: 'CN-MPS' },
      hosts: { side: 'VN', level: 'ministry', office: 'VN-MPS' },
    },
    { type: 'held', occurredAt: day, data: { heldFrom: day } },
  ],
});

const statement = (index: number, day: string): Told => ({
  kind: statements,
  office: 'CN-MPS',
  steps: [
    {
      occurredAt: day,
      figure: 'fugitive.handed-over.VN-CN',
      bound: '=',
      value: index,
      unit: 'persons',
      period: { from: day.slice(0, 4), to: day.slice(0, 4) },
      scope: { level: 'national' },
      wording: `${index} persons`,
      publisher: 'Bench',
      publication: 'Bench',
    },
  ],
});

const operation = (index: number, day: string): Told => ({
  kind: operations,
  office: 'CN-GX-BLO',
  steps: [
    {
      occurredAt: day,
      name: `Operation ${index}`,
      kind: 'operation',
      subjects: ['drugs'],
      offices: ['CN-GX-BLO', 'VN-09-BLO'],
    },
    { type: 'begun', occurredAt: day },
    { type: 'result-reported', occurredAt: day, data: { result: 'r-1', measure: 'arrests', bound: '=', count: 12 } },
    {
      type: 'result-reported',
      occurredAt: day,
      data: { result: 'r-2', measure: 'seizure', bound: '=', substance: 'heroin', quantity: '12.5', unit: 'kg' },
    },
    { type: 'concluded', occurredAt: day },
  ],
});

const LINES = 50;

/** Minutes whose lines are settled, without their cases: what is listed of them is theirs alone. */
const minutes = (index: number, day: string, pass: string): Told => ({
  kind: handovers,
  office: 'CN-GX-BLO',
  role: LEDGER_ITSELF,
  areEvents: true,
  steps: [
    {
      type: 'minutes-signed',
      occurredAt: day,
      data: {
        number: `${index}/bench`,
        handoverDate: day,
        pass,
        deliveringParty: 'CN',
        counterpart: 'VN-09-BLO',
        lines: Array.from({ length: LINES }, () => ({ case: randomUUID(), outcome: 'handed-over' })),
      },
    },
    {
      type: 'lines-settled',
      occurredAt: day,
      data: {
        task: 'handover',
        settled: Array.from({ length: LINES }, (_, line) => ({ line, result: 'recorded', event: randomUUID() })),
      },
    },
  ],
});

const FIRST_DAY = '2014-01-10';
const MONTHS = 144;

/** What a month brings, again and again: mostly handovers, and some of everything else. */
export const variedRecords = (): readonly Told[] =>
  Array.from({ length: MONTHS }, (_, month) => {
    const day = addDays(FIRST_DAY, month * 30);
    const pass = PASSES[month % PASSES.length] as string;
    const many = <T>(count: number, of: (index: number) => T): readonly T[] =>
      Array.from({ length: count }, (__, index) => of(month * 31 + index));
    return [
      ...many(12, (index) => suspect(index, addDays(day, index % 28), pass)),
      ...many(6, (index) => returned(index, addDays(day, index % 28), pass)),
      ...many(2, (index) => held(index, day)),
      ...many(1, (index) => victim(index, day)),
      ...many(4, (index) => request(index, day)),
    ];
  }).flat();

/** What there is little of: some hundred of each in all. */
export const rareRecords = (): readonly Told[] =>
  Array.from({ length: MONTHS }, (_, month) => {
    const day = addDays(FIRST_DAY, month * 30);
    return [
      visit(day),
      visit(addDays(day, 3)),
      statement(month, day),
      operation(month, day),
      minutes(month, day, PASSES[month % PASSES.length] as string),
    ];
  }).flat();
