import { z } from 'zod';
import { boundSchema } from '../kernel/bound.ts';
import { idOf, oneOf } from '../kernel/codes.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { periodSchema } from '../kernel/period.ts';
import type { RegisterEvent } from '../kernel/register.ts';
import { officeSchema } from '../kernel/sides.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { figureSchema, provinceCodeSchema } from '../reference/codes.ts';
import { FIGURE_UNITS } from '../reference/figures.ts';

const distinct = <Item extends z.ZodType<string>>(item: Item) =>
  z
    .array(item)
    .min(1)
    .max(40)
    .refine((items) => new Set(items).size === items.length, { error: 'expected each once' });

/** Beyond it a number is a slip: no figure of the field comes near. */
const LARGEST_VALUE = 1e12;

/** What of the whole a figure is of. */
const scopeSchema = z.strictObject({
  level: z.enum(['national', 'provinces', 'offices', 'operation'], {
    error: 'expected one of: national, provinces, offices, operation',
  }),
  provinces: distinct(provinceCodeSchema).optional(),
  offices: distinct(officeSchema).optional(),
  operation: lineSchema(200).optional().describe('The operation or campaign, as the source names it'),
});
export type ScopeLevel = z.infer<typeof scopeSchema>['level'];

/**
 * What is published is public, so all of it stands in the open. A statement names no person: what it is of are figures, places and
 * offices.
 */
export const opening = {
  type: 'figure-published',
  open: {
    figure: figureSchema,
    bound: boundSchema,
    value: z.number().nonnegative().max(LARGEST_VALUE),
    unit: oneOf(FIGURE_UNITS),
    period: periodSchema.optional(),
    scope: scopeSchema,
    wording: textSchema(500).describe('The words of the source'),
    publisher: lineSchema(200).describe('Who published it'),
    publication: textSchema(500).describe('Where: the report, the conference, the address'),
  },
  sealed: {},
};

export const events: Readonly<Record<string, RegisterEvent>> = {
  superseded: {
    shape: eventShape({ supersededBy: idOf('a statement') }, {}),
    effect: 'sets',
  },
  retracted: { shape: eventShape({}, {}), effect: 'none' },
};
