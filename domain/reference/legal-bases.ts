import type { CaseKind } from './case-kinds.ts';
import type { ReferenceEntry } from './entry.ts';

/** What a removal rests on. Every removal names one; the clocks of the extradition laws run only under the first. */
export type LegalBasis =
  | 'extradition-treaty'
  | 'police-cooperation'
  | 'deportation'
  | 'readmission'
  | 'transfer-of-sentenced-persons-treaty'
  | 'protection-of-victims'
  | 'voluntary-return';

export interface LegalBasisEntry extends ReferenceEntry {
  readonly code: LegalBasis;
  /** The kinds of cases that it can be the basis of; left out where it is made for none in particular. */
  readonly kinds?: readonly CaseKind[];
}

export const LEGAL_BASES: readonly LegalBasisEntry[] = [
  {
    code: 'extradition-treaty',
    kinds: ['fugitive', 'suspect'],
    labels: { en: 'Extradition treaty', 'zh-Hans': '引渡条约', vi: 'Hiệp định dẫn độ' },
    verified: true,
  },
  {
    code: 'police-cooperation',
    labels: { en: 'Police cooperation', 'zh-Hans': '警务合作', vi: 'Hợp tác cảnh sát' },
    verified: true,
  },
  {
    code: 'deportation',
    labels: { en: 'Deportation', 'zh-Hans': '驱逐出境', vi: 'Trục xuất' },
    verified: true,
  },
  {
    code: 'readmission',
    labels: { en: 'Readmission', 'zh-Hans': '重新接纳', vi: 'Nhận trở lại' },
    verified: true,
  },
  {
    code: 'transfer-of-sentenced-persons-treaty',
    kinds: ['sentenced-person'],
    labels: {
      en: 'Treaty on the transfer of sentenced persons',
      'zh-Hans': '移管被判刑人条约',
      vi: 'Hiệp định chuyển giao người bị kết án phạt tù',
    },
    verified: true,
  },
  {
    code: 'protection-of-victims',
    kinds: ['trafficking-victim', 'unlawful-detention'],
    labels: { en: 'Protection of victims', 'zh-Hans': '被害人保护', vi: 'Bảo vệ nạn nhân' },
    verified: true,
  },
  {
    code: 'voluntary-return',
    labels: { en: 'Voluntary return', 'zh-Hans': '自愿返回', vi: 'Tự nguyện hồi hương' },
    verified: true,
  },
];

/** The bases that a removal of a kind of case can rest on. */
export const basesOf = (kind: CaseKind): readonly LegalBasis[] =>
  LEGAL_BASES.filter(({ kinds }) => kinds === undefined || kinds.includes(kind)).map(({ code }) => code);
