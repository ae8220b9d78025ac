import { z } from 'zod';
import { oneOf } from '../kernel/codes.ts';
import { type Direction, directionFrom, officeSchema, officeSide, type Side, sideSchema } from '../kernel/sides.ts';
import { lineSchema } from '../kernel/text.ts';
import { provinceCodeSchema } from '../reference/codes.ts';

/** At which level a party stands. */
export const LEVELS = ['state', 'ministry', 'province', 'district', 'locality', 'village', 'office'] as const;

export const levelSchema = oneOf(LEVELS);

/** Who takes part: an office by its code, or what has none in words. It is public, and never a person. */
export const partySchema = z
  .strictObject({
    side: sideSchema,
    level: levelSchema,
    office: officeSchema.optional(),
    province: provinceCodeSchema.optional(),
    name: lineSchema(200).optional().describe('The public name of what has no office code, such as a village'),
  })
  .refine(({ office, province, name }) => (office ?? province ?? name) !== undefined, {
    error: 'expected an `office`, a `province` or a `name`',
  })
  .refine(({ side, office }) => office === undefined || officeSide(office) === side, {
    error: 'expected an office of the side that the party is of',
    path: ['office'],
  })
  .refine(({ side, province }) => province === undefined || province.startsWith(side), {
    error: 'expected a province of the side that the party is of',
    path: ['province'],
  });

export type Party = z.infer<typeof partySchema>;

const SIDES: readonly Side[] = ['CN', 'VN'];

/** Parties of both sides. */
export const partiesSchema = z
  .array(partySchema)
  .max(60)
  .refine((parties) => SIDES.every((side) => parties.some((party) => party.side === side)), {
    error: 'expected parties of both sides',
  });

/** One party of each side. */
export const pairSchema = partiesSchema.refine(({ length }) => length === 2, {
  error: 'expected two parties, one of each side',
});

/** From the side of a party to the other. */
export const directionOf = ({ side }: Party): Direction => directionFrom(side);
