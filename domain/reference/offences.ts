import type { ReferenceEntry } from './entry.ts';

/**
 * Offences by their UNODC International Classification of Crime for Statistical Purposes, version 1.0 (2015): two digits
 * name a section, four a division, five a group. A code stands beside the national article as written, never for it.
 *
 * The list holds what the ledger's sources name. Where a source says less than a group, the division or section is used.
 */
export interface OffenceEntry extends ReferenceEntry {
  /** What the sources call it, where this is not what ICCS calls it. */
  readonly note?: string;
}

export const OFFENCES: readonly OffenceEntry[] = [
  {
    code: '0101',
    labels: { en: 'Intentional homicide', 'zh-Hans': '故意杀人', vi: 'Cố ý giết người' },
    verified: true,
  },
  {
    code: '02022',
    labels: { en: 'Deprivation of liberty', 'zh-Hans': '非法剥夺自由', vi: 'Tước đoạt tự do trái pháp luật' },
    verified: false,
    note: 'unlawful detention, such as for gambling debts',
  },
  {
    code: '0204',
    labels: { en: 'Trafficking in persons', 'zh-Hans': '贩运人口', vi: 'Mua bán người' },
    verified: true,
  },
  {
    code: '05',
    labels: { en: 'Acts against property only', 'zh-Hans': '单纯侵犯财产的行为', vi: 'Hành vi chỉ xâm phạm tài sản' },
    verified: false,
    note: 'high-technology property crime (高科技侵财, sử dụng công nghệ cao), where the source says no more; ICCS marks the use of computers by an attribute, not by a code',
  },
  {
    code: '0502',
    labels: { en: 'Theft', 'zh-Hans': '盗窃', vi: 'Trộm cắp' },
    verified: false,
  },
  {
    code: '0601',
    labels: {
      en: 'Unlawful acts involving controlled drugs or precursors',
      'zh-Hans': '涉及管制药物或前体的违法行为',
      vi: 'Hành vi trái phép liên quan đến chất ma túy hoặc tiền chất',
    },
    verified: true,
  },
  {
    code: '0701',
    labels: { en: 'Fraud', 'zh-Hans': '欺诈', vi: 'Lừa đảo' },
    verified: true,
  },
  {
    code: '0804',
    labels: {
      en: 'Acts contrary to public revenue or regulatory provisions',
      'zh-Hans': '违反公共税收或监管规定的行为',
      vi: 'Hành vi trái quy định về thu ngân sách hoặc quản lý nhà nước',
    },
    verified: false,
  },
  {
    code: '08041',
    labels: { en: 'Tax evasion', 'zh-Hans': '逃税', vi: 'Trốn thuế' },
    verified: false,
  },
  {
    code: '08043',
    labels: { en: 'Unlawful gambling', 'zh-Hans': '非法赌博', vi: 'Đánh bạc, tổ chức đánh bạc trái phép' },
    verified: false,
  },
  {
    code: '08044',
    labels: { en: 'Smuggling of goods', 'zh-Hans': '走私货物', vi: 'Buôn lậu' },
    verified: false,
  },
  {
    code: '0805',
    labels: { en: 'Acts related to migration', 'zh-Hans': '与移民有关的行为', vi: 'Hành vi liên quan đến di cư' },
    verified: false,
    note: 'irregular entry, exit and stay',
  },
  {
    code: '0903',
    labels: {
      en: 'Acts against computer systems',
      'zh-Hans': '危害计算机系统的行为',
      vi: 'Hành vi xâm phạm hệ thống máy tính',
    },
    verified: false,
  },
];
