import type { Result } from '../kernel/result.ts';
import { entryDuring, type ReferenceEntry, type ReferenceFault } from './entry.ts';
import { VIETNAMESE_MERGERS } from './provinces.ts';
import type { Days, Validity } from './validity.ts';

/**
 * The rank of a pass. An international pass is open to everybody; before it became one, a pass of this list was bilateral,
 * open to the people of the two countries, and handovers took place there all the same.
 */
export type PassStatus = 'international';

export interface DatedStatus extends Validity {
  readonly status: PassStatus;
  /** How exactly the source gives the bounds. */
  readonly precision: 'day' | 'year';
}

export interface DatedProvince extends Validity {
  /** ISO 3166-2. */
  readonly province: string;
}

export interface BorderPassEntry extends ReferenceEntry {
  readonly kind: 'road' | 'rail';
  /** ISO 3166-2 of the province on the Chinese side. */
  readonly chineseProvince: string;
  /** The provinces on the Vietnamese side, oldest first, without gaps. */
  readonly vietnameseProvinces: readonly DatedProvince[];
  /** Ranks with known dates, for the readers of the list; a handover is refused for none of them. */
  readonly statuses: readonly DatedStatus[];
}

const HA_GIANG_THEN_TUYEN_QUANG: readonly DatedProvince[] = [
  { province: 'VN-03', validTo: VIETNAMESE_MERGERS },
  { province: 'VN-07', validFrom: VIETNAMESE_MERGERS },
];

/**
 * Passes between the two countries. The code is the Chinese name in pinyin. Passes come from the east to the west.
 *
 * A pass has `validFrom` or `validTo` where its opening or closing is known, and the checks below refuse what lies outside. The
 * day on which one became international is no opening: persons were handed over there before. It is kept apart, as the dated
 * status, and judged only where the minutes call the pass international (`as` below). A handover at a place that was no pass
 * on its day is recorded with the place in words.
 */
export const BORDER_PASSES: readonly BorderPassEntry[] = [
  {
    code: 'dongxing',
    labels: { en: 'Dongxing', 'zh-Hans': '东兴', vi: 'Móng Cái' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-13' }],
    statuses: [],
  },
  {
    code: 'dongzhong',
    labels: { en: 'Dongzhong', 'zh-Hans': '峒中', vi: 'Hoành Mô' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-13' }],
    statuses: [],
  },
  {
    code: 'aidian',
    labels: { en: 'Aidian', 'zh-Hans': '爱店', vi: 'Chi Ma' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-09' }],
    statuses: [],
  },
  {
    code: 'youyi-guan',
    labels: { en: 'Friendship Pass', 'zh-Hans': '友谊关', vi: 'Hữu Nghị' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-09' }],
    statuses: [],
  },
  {
    code: 'pingxiang-railway',
    labels: { en: 'Pingxiang railway', 'zh-Hans': '凭祥', vi: 'Đồng Đăng' },
    verified: false,
    kind: 'rail',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-09' }],
    statuses: [],
  },
  {
    code: 'shuikou',
    labels: { en: 'Shuikou', 'zh-Hans': '水口', vi: 'Tà Lùng' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-04' }],
    statuses: [],
  },
  {
    // Opened as a bilateral pass on that day: https://vietnamnews.vn/politics-laws/1692982/
    code: 'shuolong',
    labels: { en: 'Shuolong', 'zh-Hans': '硕龙', vi: 'Lý Vạn' },
    verified: true,
    validFrom: '2025-02-27',
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-04' }],
    statuses: [],
  },
  {
    code: 'yuexu',
    labels: { en: 'Yuexu', 'zh-Hans': '岳圩', vi: 'Pò Peo' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-04' }],
    statuses: [],
  },
  {
    code: 'longbang',
    labels: { en: 'Longbang', 'zh-Hans': '龙邦', vi: 'Trà Lĩnh' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-04' }],
    statuses: [{ status: 'international', validFrom: '2023-12-28', precision: 'day' }],
  },
  {
    code: 'pingmeng',
    labels: { en: 'Pingmeng', 'zh-Hans': '平孟', vi: 'Sóc Giang' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-GX',
    vietnameseProvinces: [{ province: 'VN-04' }],
    statuses: [],
  },
  {
    code: 'tianbao',
    labels: { en: 'Tianbao', 'zh-Hans': '天保', vi: 'Thanh Thủy' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-YN',
    vietnameseProvinces: HA_GIANG_THEN_TUYEN_QUANG,
    statuses: [{ status: 'international', validFrom: '2014-01-01', precision: 'year' }],
  },
  {
    code: 'dulong',
    labels: { en: 'Dulong', 'zh-Hans': '都龙', vi: 'Xín Mần' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-YN',
    vietnameseProvinces: HA_GIANG_THEN_TUYEN_QUANG,
    statuses: [],
  },
  {
    code: 'hekou',
    labels: { en: 'Hekou', 'zh-Hans': '河口', vi: 'Lào Cai' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-YN',
    vietnameseProvinces: [{ province: 'VN-02' }],
    statuses: [],
  },
  {
    code: 'jinshuihe',
    labels: { en: 'Jinshuihe', 'zh-Hans': '金水河', vi: 'Ma Lù Thàng' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-YN',
    vietnameseProvinces: [{ province: 'VN-01' }],
    statuses: [],
  },
  {
    code: 'longfu',
    labels: { en: 'Longfu', 'zh-Hans': '龙富', vi: 'A Pa Chải' },
    verified: true,
    kind: 'road',
    chineseProvince: 'CN-YN',
    vietnameseProvinces: [{ province: 'VN-71' }],
    statuses: [],
  },
];

/** Whether persons can have been handed over at this pass on one of these days: the pass, or why not. */
export const passDuring = (code: string, days: Days): Result<BorderPassEntry, ReferenceFault> =>
  entryDuring('border pass', BORDER_PASSES, code, days);

/** The passes of some provinces, each with when it was in one of them. A pass is of the provinces on both of its sides. */
export const passesOf = (provinces: readonly string[]): readonly (Validity & { readonly code: string })[] =>
  BORDER_PASSES.flatMap(({ code, chineseProvince, vietnameseProvinces }) =>
    provinces.includes(chineseProvince)
      ? [{ code }]
      : vietnameseProvinces
          .filter(({ province }) => provinces.includes(province))
          .map(({ validFrom, validTo }) => ({ code, validFrom, validTo })),
  );
