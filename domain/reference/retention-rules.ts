import type { PlainDate } from '../kernel/time.ts';
import { CASE_KINDS, type CaseKind } from './case-kinds.ts';
import type { Labels, ReferenceEntry } from './entry.ts';
import { isValidDuring } from './validity.ts';

/** For how long who the person of a case is, is kept after the case has come to its end. */
export interface RetentionRule extends ReferenceEntry {
  readonly kinds: readonly CaseKind[];
  readonly years: number;
  /** Where it stands. */
  readonly source: string;
}

const labels = (en: string, zh: string, vi: string): Labels => ({ en, 'zh-Hans': zh, vi });

/** None of the sources gives a period: these stand in until whoever runs a ledger has checked theirs. */
const NOT_CHECKED = { verified: false, source: 'Assumed; no source at hand gives a period' } as const;

const PROTECTED: readonly CaseKind[] = ['trafficking-victim', 'unlawful-detention'];

export const RETENTION_RULES: readonly RetentionRule[] = [
  {
    code: 'victims',
    labels: labels('Victims and detained persons', '被害人和被拘禁者', 'Nạn nhân và người bị giam giữ'),
    kinds: PROTECTED,
    years: 5,
    ...NOT_CHECKED,
  },
  {
    code: 'irregular-entry',
    labels: labels('Irregular entry', '非法入境', 'Nhập cảnh trái phép'),
    kinds: ['irregular-entry'],
    years: 10,
    ...NOT_CHECKED,
  },
  {
    code: 'criminal-proceedings',
    labels: labels('Criminal proceedings and sentences', '刑事诉讼和刑罚', 'Tố tụng hình sự và hình phạt'),
    kinds: CASE_KINDS.filter((kind) => kind !== 'irregular-entry' && !PROTECTED.includes(kind)),
    years: 30,
    ...NOT_CHECKED,
  },
];

/** The rule for a kind of case on the day on which it came to its end; undefined where none is known. */
export const retentionRuleOn = (kind: CaseKind, day: PlainDate): RetentionRule | undefined =>
  RETENTION_RULES.find((rule) => rule.kinds.includes(kind) && isValidDuring(rule, { first: day, last: day }));
