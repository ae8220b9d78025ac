import type { Command } from '../../domain/kernel/record.ts';

/** The ordinary way of a suspect as requests of the Chinese ministry, the other side's word as statements; all invented. */
const vietnam = { statedBy: { office: 'VN-MPS', document: 'Bench 1' } };
const occurredAt = '2024-01-01';

export const suspectWay: readonly Readonly<Record<string, unknown>>[] = [
  {
    kind: 'suspect',
    requestingParty: 'CN',
    minor: false,
    occurredAt,
    ...vietnam,
    person: {
      names: [
        { text: '李某', script: 'Hans', role: 'native' },
        { text: 'Li M.', script: 'Latn', role: 'pinyin' },
      ],
      sex: 1,
      birthDate: { date: '1985', estimated: true },
      nationalityClaimed: 'CN',
    },
  },
  { type: 'identity-verified', occurredAt, data: { method: 'document' } },
  {
    type: 'protection-check-recorded',
    occurredAt,
    ...vietnam,
    data: {
      outcome: 'no-bar',
      considered: ['torture-risk'],
      decidedOn: occurredAt,
      decidedBy: 'T. V. B.',
      basis: 'interview',
    },
  },
  { type: 'transfer-approved', occurredAt, ...vietnam, data: { legalBasis: 'police-cooperation' } },
  { type: 'transferred', occurredAt, ...vietnam, data: { pass: 'youyi-guan' } },
  { type: 'handed-over-at-border-pass', occurredAt, data: { handoverDate: occurredAt, pass: 'youyi-guan' } },
  { type: 'receipt-acknowledged', occurredAt },
  { type: 'closed', occurredAt },
];

/** The command that a request for a step would make: the first step opens the record. */
export const commandOf = (step: Readonly<Record<string, unknown>>, index: number): Command => {
  const { type, occurredAt, statedBy, data = {}, ...particulars } = step;
  const rest = { type, occurredAt, statedBy, data };
  return (index === 0 ? { name: 'open', particulars, ...rest } : { name: 'record', ...rest }) as unknown as Command;
};
