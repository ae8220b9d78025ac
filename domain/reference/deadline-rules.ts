import type { Side } from '../kernel/sides.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { ReferenceEntry } from './entry.ts';
import type { LegalBasis } from './legal-bases.ts';
import { isValidDuring } from './validity.ts';

/** What a deadline is counted from. */
export type DeadlineStart = 'provisional-arrest' | 'agreed-handover' | 'temporary-surrender' | 'due-date';

interface Ends {
  /** Events by which what was due is done. */
  readonly metBy: readonly string[];
  /** Events after which nothing is due any more. */
  readonly endedBy: readonly string[];
}

/** Whatever becomes of a person who is not to be handed over for now. */
const GIVEN_UP = [
  'released',
  'escaped',
  'refused',
  'died',
  'mistaken-identity',
  'identity-misused',
  'warrant-withdrawn',
  'request-withdrawn',
  'continued-as-another-case',
];

/** How each deadline ends. */
export const DEADLINE_ENDS = {
  // An approval rests on a formal request, whether or not that was entered.
  'provisional-arrest': {
    metBy: ['surrender-requested'],
    endedBy: [...GIVEN_UP, 'transfer-approved', 'handed-over-at-border-pass', 'temporarily-surrendered'],
  },
  'agreed-handover': {
    metBy: ['handed-over-at-border-pass', 'temporarily-surrendered'],
    endedBy: [...GIVEN_UP, 'not-collected', 'postponed'],
  },
  'temporary-surrender': {
    metBy: ['returned-from-temporary-surrender'],
    endedBy: ['escaped', 'died', 'continued-as-another-case'],
  },
  'due-date': { metBy: ['replied', 'declined'], endedBy: ['withdrawn', 'lapsed'] },
} as const satisfies Record<DeadlineStart, Ends>;

export type DeadlineRuleCode =
  | 'cn-provisional-arrest'
  | 'cn-collection'
  | 'vn-urgent-detention-2007'
  | 'vn-urgent-detention'
  | 'temporary-surrender-return'
  | 'request-due-date';

/**
 * How long something may take. Days are calendar days by the clock of the side whose law it is; the first one counted is the day after
 * the start, and the last one belongs to the term whole.
 */
export interface DeadlineRule extends ReferenceEntry {
  readonly code: DeadlineRuleCode;
  /** The side whose law it is; left out where the record itself says by when. */
  readonly side?: Side;
  /** Where it stands. */
  readonly source: string;
  readonly starts: DeadlineStart;
  /** A number of days; `stated` in the record itself; or `not-known`, where no source at hand gives the number. */
  readonly term: { readonly days: number } | 'stated' | 'not-known';
  readonly extension?: {
    /** The event that says so. */
    readonly by: string;
    /** By so many days at most. */
    readonly days: number;
    readonly when: 'on-request' | 'beyond-control';
  };
  /** Left out: whatever the removal rests on. Before a basis is on record it is taken to be one of these. */
  readonly legalBases?: readonly LegalBasis[];
  readonly ends: Ends;
}

const EXTRADITION: readonly LegalBasis[] = ['extradition-treaty'];

const rule = <Rule extends Omit<DeadlineRule, 'ends'>>(given: Rule): Rule & Pick<DeadlineRule, 'ends'> => ({
  ...given,
  ends: DEADLINE_ENDS[given.starts],
});

const CHINESE_LAW = "Extradition Law of the People's Republic of China (2000)";

/** Laws of which only the year is known begin with it: nothing that they cover is left out. */
export const DEADLINE_RULES: readonly DeadlineRule[] = [
  rule({
    code: 'cn-provisional-arrest',
    labels: {
      en: 'Formal request after a provisional arrest',
      'zh-Hans': '临时拘留后提出正式引渡请求',
      vi: 'Yêu cầu dẫn độ chính thức sau khi bắt khẩn cấp',
    },
    verified: true,
    side: 'CN',
    source: `${CHINESE_LAW}, art. 31`,
    starts: 'provisional-arrest',
    term: { days: 30 },
    extension: { by: 'provisional-arrest-extended', days: 15, when: 'on-request' },
    legalBases: EXTRADITION,
    validFrom: '2000-01-01',
  }),
  // Whether the 30 days come on top of the 15 or hold them is not told apart by the sources: the longer reading refuses nothing true.
  rule({
    code: 'cn-collection',
    labels: {
      en: 'Collection on the agreed date',
      'zh-Hans': '按约定日期接收被引渡人',
      vi: 'Tiếp nhận người bị dẫn độ theo ngày đã thỏa thuận',
    },
    verified: false,
    side: 'CN',
    source: `${CHINESE_LAW}, art. 40`,
    starts: 'agreed-handover',
    term: { days: 15 },
    extension: { by: 'collection-extended', days: 30, when: 'beyond-control' },
    legalBases: EXTRADITION,
    validFrom: '2000-01-01',
  }),
  rule({
    code: 'vn-urgent-detention-2007',
    labels: {
      en: 'Formal request after an urgent detention (law of 2007)',
      'zh-Hans': '紧急拘留后提出正式引渡请求（2007年法）',
      vi: 'Yêu cầu dẫn độ sau khi giữ người khẩn cấp (luật năm 2007)',
    },
    verified: false,
    side: 'VN',
    source: 'Law on Mutual Legal Assistance of Viet Nam (2007)',
    starts: 'provisional-arrest',
    term: 'not-known',
    legalBases: EXTRADITION,
    validFrom: '2007-01-01',
    validTo: '2026-07-01',
  }),
  // For where no treaty sets another term; what the treaty between the two sides sets is not among the sources.
  rule({
    code: 'vn-urgent-detention',
    labels: {
      en: 'Formal request after an urgent detention, where no treaty sets another term',
      'zh-Hans': '紧急拘留后提出正式引渡请求（条约另有规定的除外）',
      vi: 'Yêu cầu dẫn độ sau khi giữ người khẩn cấp, trừ khi điều ước có quy định khác',
    },
    verified: false,
    side: 'VN',
    source: 'Extradition Law of Viet Nam, in force from 1 July 2026',
    starts: 'provisional-arrest',
    term: { days: 45 },
    legalBases: EXTRADITION,
    validFrom: '2026-07-01',
  }),
  rule({
    code: 'temporary-surrender-return',
    labels: {
      en: 'Return from a temporary surrender',
      'zh-Hans': '临时引渡后送还',
      vi: 'Trả lại người sau khi dẫn độ tạm thời',
    },
    verified: true,
    source: 'The date that was agreed with the temporary surrender',
    starts: 'temporary-surrender',
    term: 'stated',
  }),
  rule({
    code: 'request-due-date',
    labels: { en: 'Answer to a request', 'zh-Hans': '答复请求', vi: 'Trả lời yêu cầu' },
    verified: true,
    source: 'The due date that the request carries',
    starts: 'due-date',
    term: 'stated',
  }),
];

/** The rule of a side's law, or of the records themselves, that was in force on some days; undefined where none is known. */
export const deadlineRuleDuring = (
  starts: DeadlineStart,
  side: Side,
  days: { readonly first: PlainDate; readonly last: PlainDate },
): DeadlineRule | undefined =>
  DEADLINE_RULES.find((each) => each.starts === starts && (each.side ?? side) === side && isValidDuring(each, days));
