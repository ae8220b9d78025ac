import { z } from 'zod';
import { instantSchema, plainDateSchema } from '../../domain/kernel/time.ts';
import { SIDES } from '../../domain/reference/sides.ts';
import type { AsOf } from '../../projections/as-of.ts';

/** Query parameters that several routes share. */

const PAGE = { smallest: 1, usual: 50, largest: 500 };

export const limitSchema = z.coerce
  .number({ error: `expected a whole number from ${PAGE.smallest} to ${PAGE.largest}` })
  .int({ error: `expected a whole number from ${PAGE.smallest} to ${PAGE.largest}` })
  .min(PAGE.smallest, { error: `expected at least ${PAGE.smallest}` })
  .max(PAGE.largest, { error: `expected at most ${PAGE.largest}` })
  .default(PAGE.usual)
  .describe('Items on a page');

/** One or several of some codes: `kind=fugitive&kind=suspect`, or with commas. */
export const oneOrMore = <Code extends string>(code: z.ZodType<Code, string>) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) => [given].flat().flatMap((text) => text.split(',')))
    .pipe(z.array(code).min(1))
    .describe('One or several, repeated or separated by commas');

const TIME_ZONES = SIDES.map(({ timeZone }) => timeZone) as [string, ...string[]];

export const zoneSchema = z
  .enum(TIME_ZONES, { error: `expected the zone of a plain date: ${TIME_ZONES.join(' or ')}` })
  .default('Asia/Shanghai')
  .describe('In which a plain date ends');

const POSITION = /^[\w-]{8,64}$/;

export const asOfSchema = z
  .string()
  .refine(
    (text) => plainDateSchema.safeParse(text).success || instantSchema.safeParse(text).success || POSITION.test(text),
    { error: 'expected an instant with its offset, a date, or an Event-Position' },
  )
  .describe('What was known then: an instant, the end of a date, or a position in the log');

/** What `asOf` means; a plain date is the end of that day in the zone. */
export const asOfOf = (asOf: string | undefined, zone: string): AsOf | undefined => {
  if (asOf === undefined) return undefined;
  if (plainDateSchema.safeParse(asOf).success) {
    const offset = SIDES.find(({ timeZone }) => timeZone === zone)?.utcOffset ?? '+08:00';
    return { instant: new Date(`${asOf}T23:59:59.999${offset}`).toISOString() };
  }
  return instantSchema.safeParse(asOf).success ? { instant: new Date(asOf).toISOString() } : { position: asOf };
};
