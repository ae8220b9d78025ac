import { type Direction, ministryOffice, type Side, UTC_OFFSETS } from '../kernel/sides.ts';
import type { ReferenceEntry } from './entry.ts';

export interface SideEntry extends ReferenceEntry {
  readonly code: Side;
  /** IANA time zone of its books. */
  readonly timeZone: 'Asia/Shanghai' | 'Asia/Ho_Chi_Minh';
  readonly utcOffset: (typeof UTC_OFFSETS)[Side];
  readonly ministryOffice: string;
}

export interface DirectionEntry extends ReferenceEntry {
  readonly code: Direction;
  readonly delivering: Side;
  readonly receiving: Side;
}

export const SIDES: readonly SideEntry[] = [
  {
    code: 'CN',
    labels: { en: 'China', 'zh-Hans': '中国', vi: 'Trung Quốc' },
    verified: true,
    timeZone: 'Asia/Shanghai',
    utcOffset: UTC_OFFSETS.CN,
    ministryOffice: ministryOffice('CN'),
  },
  {
    code: 'VN',
    labels: { en: 'Viet Nam', 'zh-Hans': '越南', vi: 'Việt Nam' },
    verified: true,
    timeZone: 'Asia/Ho_Chi_Minh',
    utcOffset: UTC_OFFSETS.VN,
    ministryOffice: ministryOffice('VN'),
  },
];

export const DIRECTIONS: readonly DirectionEntry[] = [
  {
    code: 'VN-CN',
    labels: { en: 'Viet Nam to China', 'zh-Hans': '越南移交中国', vi: 'Việt Nam bàn giao cho Trung Quốc' },
    verified: true,
    delivering: 'VN',
    receiving: 'CN',
  },
  {
    code: 'CN-VN',
    labels: { en: 'China to Viet Nam', 'zh-Hans': '中国移交越南', vi: 'Trung Quốc bàn giao cho Việt Nam' },
    verified: true,
    delivering: 'CN',
    receiving: 'VN',
  },
];
