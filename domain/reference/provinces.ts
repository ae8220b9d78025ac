import type { Result } from '../kernel/result.ts';
import type { Side } from '../kernel/sides.ts';
import type { PlainDate } from '../kernel/time.ts';
import { entryDuring, type ReferenceEntry, type ReferenceFault } from './entry.ts';
import type { Days } from './validity.ts';

export interface ProvinceEntry extends ReferenceEntry {
  readonly side: Side;
  /** Code of the province into which it was merged on `validTo`. */
  readonly successor?: string;
}

/** The day of the mergers in Viet Nam, on which districts were abolished too. */
export const VIETNAMESE_MERGERS: PlainDate = '2025-07-01';

/**
 * Provinces by ISO 3166-2: those along the border, those into which they were merged, and others where cases happen. The
 * names of those along the border are checked; codes that `verified` does not vouch for were written from memory.
 */
export const PROVINCES: readonly ProvinceEntry[] = [
  { code: 'CN-GX', labels: { en: 'Guangxi', 'zh-Hans': '广西', vi: 'Quảng Tây' }, verified: true, side: 'CN' },
  { code: 'CN-YN', labels: { en: 'Yunnan', 'zh-Hans': '云南', vi: 'Vân Nam' }, verified: true, side: 'CN' },
  { code: 'VN-01', labels: { en: 'Lai Chau', 'zh-Hans': '莱州', vi: 'Lai Châu' }, verified: true, side: 'VN' },
  { code: 'VN-02', labels: { en: 'Lao Cai', 'zh-Hans': '老街', vi: 'Lào Cai' }, verified: true, side: 'VN' },
  {
    code: 'VN-03',
    labels: { en: 'Ha Giang', 'zh-Hans': '河江', vi: 'Hà Giang' },
    verified: true,
    validTo: VIETNAMESE_MERGERS,
    side: 'VN',
    successor: 'VN-07',
  },
  { code: 'VN-04', labels: { en: 'Cao Bang', 'zh-Hans': '高平', vi: 'Cao Bằng' }, verified: true, side: 'VN' },
  {
    code: 'VN-06',
    labels: { en: 'Yen Bai', 'zh-Hans': '安沛', vi: 'Yên Bái' },
    verified: false,
    validTo: VIETNAMESE_MERGERS,
    side: 'VN',
    successor: 'VN-02',
  },
  { code: 'VN-07', labels: { en: 'Tuyen Quang', 'zh-Hans': '宣光', vi: 'Tuyên Quang' }, verified: false, side: 'VN' },
  { code: 'VN-09', labels: { en: 'Lang Son', 'zh-Hans': '谅山', vi: 'Lạng Sơn' }, verified: true, side: 'VN' },
  { code: 'VN-13', labels: { en: 'Quang Ninh', 'zh-Hans': '广宁', vi: 'Quảng Ninh' }, verified: true, side: 'VN' },
  { code: 'VN-34', labels: { en: 'Khanh Hoa', 'zh-Hans': '庆和', vi: 'Khánh Hòa' }, verified: false, side: 'VN' },
  { code: 'VN-71', labels: { en: 'Dien Bien', 'zh-Hans': '奠边', vi: 'Điện Biên' }, verified: false, side: 'VN' },
  { code: 'VN-HN', labels: { en: 'Hanoi', 'zh-Hans': '河内', vi: 'Hà Nội' }, verified: false, side: 'VN' },
];

/** The province of a code, if it existed on at least one of the days. */
export const provinceDuring = (code: string, days: Days): Result<ProvinceEntry, ReferenceFault> =>
  entryDuring('province', PROVINCES, code, days);
