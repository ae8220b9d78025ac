import type { RegisterKind } from '../../domain/kernel/register.ts';
import { minutesOf } from './minutes.ts';
import { listOf } from './reconciliations.ts';

const party = (side: 'CN' | 'VN') =>
  side === 'CN'
    ? { side, level: 'province', office: 'CN-GX-BLO', province: 'CN-GX' }
    : { side, level: 'province', office: 'VN-09-BLO', province: 'VN-09' };
const both = [party('CN'), party('VN')];

/** The cases that records name. */
export interface NamedCases {
  /** Whose return is ordered. */
  readonly returning: string;
  readonly expunged: string;
}

/** Bodies that open a record of each register, by its category; all invented. `secret` stands in whatever of them is sealed, and nowhere else. */
export const bodiesThatOpen = (
  secret: string,
  { returning, expunged }: NamedCases,
): Readonly<Record<string, object>> => ({
  request: {
    kind: 'location',
    addressee: 'VN-04-BLO',
    urgency: 'routine',
    dueOn: '2024-03-01',
    question: secret,
  },
  handover: minutesOf([{ case: returning, outcome: 'no-show', property: secret }], {
    signatories: [{ side: 'VN', name: secret }],
  }),
  statement: {
    figure: 'irregular-entry.handed-over.CN-VN',
    bound: '=',
    value: 2,
    unit: 'persons',
    period: { to: '2019-04' },
    scope: { level: 'national' },
    wording: 'two persons',
    publisher: 'Conference (invented)',
    publication: 'Report (invented)',
  },
  office: {
    code: 'VN-04-BLO',
    kind: 'border-liaison-office',
    names: [{ text: 'Office (invented)', language: 'en', script: 'Latn' }],
  },
  operation: {
    name: 'Operation (invented)',
    kind: 'operation',
    subjects: ['drugs'],
    offices: ['CN-GX-PSD', 'VN-34-PD'],
    plan: secret,
  },
  agreement: { kind: 'memorandum', title: 'Memorandum (invented)', parties: both },
  meeting: {
    kind: 'dialogue',
    name: 'Dialogue (invented)',
    level: 'province',
    hosts: [both[0]],
    parties: both,
  },
  visit: { visitors: both[1], hosts: both[0], members: 6 },
  training: { course: 'Language', provider: both[0], officersOf: 'VN', sentBy: [both[1]] },
  twinning: { kind: 'localities', parties: both, agreedOn: '2018' },
  equipment: {
    from: both[0],
    to: [both[1]],
    items: [{ what: 'Radios', quantity: 20 }],
    presentedOn: '2019-02',
  },
  erasure: {
    case: expunged,
    part: 'person',
    orderedOn: '2024-01-31',
    authority: 'court',
    reference: 'Order 1/2024 (invented)',
  },
  reconciliation: listOf(1, { statedBy: { office: 'VN-MPS', document: secret } }),
});

/** What only a ministry orders, or answers. */
const BY_MINISTRIES = ['erasure', 'reconciliation'];

export const isByMinistries = ({ category }: RegisterKind): boolean => BY_MINISTRIES.includes(category);

export const isPublic = ({ register }: RegisterKind): boolean => register.forEverybody === true;
