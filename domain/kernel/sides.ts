import { z } from 'zod';

/** The two parties, by ISO 3166-1 alpha-2. */
export type Side = 'CN' | 'VN';

export const sideSchema = z.enum(['CN', 'VN'], { error: 'expected the code of a side: CN, VN' });

/** Who hands over to whom: the delivering side first. */
export type Direction = 'VN-CN' | 'CN-VN';

export const directionSchema = z.enum(['VN-CN', 'CN-VN'], {
  error: 'expected the delivering side first: VN-CN or CN-VN',
});

export const otherSide = (side: Side): Side => (side === 'CN' ? 'VN' : 'CN');

/** The direction of a handover by this side. */
export const directionFrom = (delivering: Side): Direction => (delivering === 'CN' ? 'CN-VN' : 'VN-CN');

/** The delivering and the receiving side of a direction. */
export const sidesOfDirection = (direction: Direction): readonly [delivering: Side, receiving: Side] =>
  direction === 'CN-VN' ? ['CN', 'VN'] : ['VN', 'CN'];

/** Offsets of the two sides' books from UTC, as RFC 3339 writes them; neither side has summer time. A day begins in China first. */
export const UTC_OFFSETS = { CN: '+08:00', VN: '+07:00' } as const satisfies Record<Side, string>;

/** An office id: its side, then one or more parts, as in `CN-GX-BLO`. */
export const OFFICE_ID = /^(CN|VN)-[A-Z0-9]+(-[A-Z0-9]+)*$/;

export const officeSchema = z
  .string()
  .max(60)
  .regex(OFFICE_ID, { error: 'expected an office id that begins with its side, such as CN-GX-BLO or VN-MPS' });

/** The side that an office belongs to; undefined where the text is no office id. */
export const officeSide = (officeId: string): Side | undefined =>
  OFFICE_ID.test(officeId) ? (officeId.startsWith('CN') ? 'CN' : 'VN') : undefined;

/** Office id of a side's ministry of public security. */
export const ministryOffice = (side: Side): string => `${side}-MPS`;
