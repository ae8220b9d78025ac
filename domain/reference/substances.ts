import type { ReferenceEntry } from './entry.ts';

export interface SubstanceEntry extends ReferenceEntry {
  /** A drug, what drugs are made from, or drugs of which a source does not say which. */
  readonly group: 'drug' | 'precursor' | 'unspecified';
}

/** What is seized, as the sources and the schedules of the conventions of 1961, 1971 and 1988 name it. Labels are from memory. */
export const SUBSTANCES: readonly SubstanceEntry[] = [
  {
    code: 'drugs-unspecified',
    group: 'unspecified',
    labels: { en: 'Drugs, not said which', 'zh-Hans': '毒品（未说明种类）', vi: 'Ma túy (không nêu loại)' },
    verified: false,
  },
  { code: 'heroin', group: 'drug', labels: { en: 'Heroin', 'zh-Hans': '海洛因', vi: 'Heroin' }, verified: false },
  { code: 'opium', group: 'drug', labels: { en: 'Opium', 'zh-Hans': '鸦片', vi: 'Thuốc phiện' }, verified: false },
  { code: 'morphine', group: 'drug', labels: { en: 'Morphine', 'zh-Hans': '吗啡', vi: 'Morphin' }, verified: false },
  { code: 'cocaine', group: 'drug', labels: { en: 'Cocaine', 'zh-Hans': '可卡因', vi: 'Cocain' }, verified: false },
  { code: 'cannabis', group: 'drug', labels: { en: 'Cannabis', 'zh-Hans': '大麻', vi: 'Cần sa' }, verified: false },
  {
    code: 'methamphetamine',
    group: 'drug',
    labels: { en: 'Methamphetamine', 'zh-Hans': '甲基苯丙胺（冰毒）', vi: 'Methamphetamine (ma túy đá)' },
    verified: false,
  },
  {
    code: 'amphetamine',
    group: 'drug',
    labels: { en: 'Amphetamine', 'zh-Hans': '苯丙胺', vi: 'Amphetamine' },
    verified: false,
  },
  { code: 'mdma', group: 'drug', labels: { en: 'MDMA', 'zh-Hans': '摇头丸', vi: 'MDMA (thuốc lắc)' }, verified: false },
  { code: 'ketamine', group: 'drug', labels: { en: 'Ketamine', 'zh-Hans': '氯胺酮', vi: 'Ketamine' }, verified: false },
  {
    code: 'other-drug',
    group: 'drug',
    labels: { en: 'Another drug', 'zh-Hans': '其他毒品', vi: 'Ma túy khác' },
    verified: false,
  },
  {
    code: 'precursor-chemicals',
    group: 'precursor',
    labels: { en: 'Precursor chemicals', 'zh-Hans': '制毒物品', vi: 'Tiền chất ma túy' },
    verified: false,
  },
  {
    code: 'ephedrine',
    group: 'precursor',
    labels: { en: 'Ephedrine or pseudoephedrine', 'zh-Hans': '麻黄碱', vi: 'Ephedrine' },
    verified: false,
  },
  {
    code: 'acetic-anhydride',
    group: 'precursor',
    labels: { en: 'Acetic anhydride', 'zh-Hans': '醋酸酐', vi: 'Anhydrit axetic' },
    verified: false,
  },
];
