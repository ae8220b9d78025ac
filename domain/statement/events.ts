import { z } from 'zod';
import { boundSchema } from '../kernel/bound.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { periodSchema } from '../kernel/period.ts';
import type { RegisterEvent } from '../kernel/register.ts';
import { officeSchema } from '../kernel/sides.ts';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { figureSchema, provinceCodeSchema } from '../reference/codes.ts';
import { FIGURE_UNITS } from '../reference/figures.ts';

/** What of the whole a figure is of. */
const scopeSchema = z.strictObject({
  level: z.enum(['national', 'provinces', 'offices', 'operation'], {
    error: 'expected one of: national, provinces, offices, operation',
  }),
  provinces: z.array(provinceCodeSchema).min(1).max(40).optional(),
  offices: z.array(officeSchema).min(1).max(40).optional(),
  operation: lineSchema(200).optional().describe('The operation or campaign, as the source names it'),
});

/**
 * What is published is public, so all of it stands in the open. A statement names no person: what it is of are figures, places and
 * offices.
 */
export const opening = {
  type: 'figure-published',
  open: {
    figure: figureSchema,
    bound: boundSchema,
    value: z.number().nonnegative(),
    unit: z.enum(FIGURE_UNITS, { error: `expected one of: ${FIGURE_UNITS.join(', ')}` }),
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
    shape: eventShape({ supersededBy: z.uuid({ error: 'expected the id of a statement' }).toLowerCase() }, {}),
    effect: 'sets',
  },
  retracted: { shape: eventShape({}, {}), effect: 'none' },
};
