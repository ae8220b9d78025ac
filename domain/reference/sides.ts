import type { ReferenceEntry } from './entry.ts';

/** The two parties, by ISO 3166-1 alpha-2. */
export type Side = 'CN' | 'VN';

/** Who hands over to whom: the delivering side first. */
export type Direction = 'VN-CN' | 'CN-VN';

export interface SideEntry extends ReferenceEntry {
  readonly code: Side;
  /** IANA time zone of its books. */
  readonly timeZone: 'Asia/Shanghai' | 'Asia/Ho_Chi_Minh';
  /** Offset of its books from UTC, as RFC 3339 writes it; neither side has summer time. */
  readonly utcOffset: '+08:00' | '+07:00';
  readonly ministryOffice: string;
}

export interface DirectionEntry extends ReferenceEntry {
  readonly code: Direction;
  readonly delivering: Side;
  readonly receiving: Side;
}

/** Office id of a side's ministry of public security. */
export const ministryOffice = (side: Side): string => `${side}-MPS`;

export const SIDES: readonly SideEntry[] = [
  {
    code: 'CN',
    labels: { en: 'China', 'zh-Hans': '中国', vi: 'Trung Quốc' },
    verified: true,
    timeZone: 'Asia/Shanghai',
    utcOffset: '+08:00',
    ministryOffice: ministryOffice('CN'),
  },
  {
    code: 'VN',
    labels: { en: 'Viet Nam', 'zh-Hans': '越南', vi: 'Việt Nam' },
    verified: true,
    timeZone: 'Asia/Ho_Chi_Minh',
    utcOffset: '+07:00',
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

/** An office id: its side, then one or more parts, as in `CN-GX-BLO`. */
export const OFFICE_ID = /^(CN|VN)-[A-Z0-9]+(-[A-Z0-9]+)*$/;

export const otherSide = (side: Side): Side => (side === 'CN' ? 'VN' : 'CN');

/** The direction of a handover by this side. */
export const directionFrom = (delivering: Side): Direction => (delivering === 'CN' ? 'CN-VN' : 'VN-CN');

/** The side that an office belongs to; undefined where the text is no office id. */
export const officeSide = (officeId: string): Side | undefined =>
  OFFICE_ID.test(officeId) ? (officeId.startsWith('CN') ? 'CN' : 'VN') : undefined;
