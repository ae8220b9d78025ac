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
}

export const LEGAL_BASES: readonly LegalBasisEntry[] = [
  {
    code: 'extradition-treaty',
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
    labels: {
      en: 'Treaty on the transfer of sentenced persons',
      'zh-Hans': '移管被判刑人条约',
      vi: 'Hiệp định chuyển giao người bị kết án phạt tù',
    },
    verified: true,
  },
  {
    code: 'protection-of-victims',
    labels: { en: 'Protection of victims', 'zh-Hans': '被害人保护', vi: 'Bảo vệ nạn nhân' },
    verified: true,
  },
  {
    code: 'voluntary-return',
    labels: { en: 'Voluntary return', 'zh-Hans': '自愿返回', vi: 'Tự nguyện hồi hương' },
    verified: true,
  },
];
