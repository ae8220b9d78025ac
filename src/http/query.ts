import { z } from 'zod';
import { instantSchema, type PlainDate, plainDateSchema, spanOf } from '../../domain/kernel/time.ts';
import { SIDES } from '../../domain/reference/sides.ts';
import type { AsOf } from '../../projections/as-of.ts';

/** Query parameters that several routes share. */

/** Of a route that takes none: one that is sent is a slip. */
export const noQuerySchema = z.strictObject({});

const PAGE = { smallest: 1, usual: 50, largest: 500 };

const PAGE_EXPECTED = `expected a whole number from ${PAGE.smallest} to ${PAGE.largest}`;

/**
 * A whole number as people write it. What JavaScript would make a number besides (nothing as 0, `0x10`, `1e2`) is refused: it is a
 * slip of the sender more likely than a number.
 */
export const wholeNumber = (smallest: number, largest: number, expected: string) =>
  z.preprocess(
    (text) => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : text),
    z.int({ error: expected }).min(smallest, { error: expected }).max(largest, { error: expected }),
  );

export const limitSchema = wholeNumber(PAGE.smallest, PAGE.largest, PAGE_EXPECTED)
  .default(PAGE.usual)
  .describe('Items on a page');

/** The same in a body, where a number is a number. */
export const limitInBodySchema = z
  .int({ error: PAGE_EXPECTED })
  .min(PAGE.smallest, { error: PAGE_EXPECTED })
  .max(PAGE.largest, { error: PAGE_EXPECTED })
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

const DEFAULT_ZONE = 'Asia/Shanghai';

export const zoneSchema = z
  .enum(TIME_ZONES, { error: `expected the zone of a plain date: ${TIME_ZONES.join(' or ')}` })
  .default(DEFAULT_ZONE)
  .describe('In which a plain date ends');

/**
 * A place in the log, opaque but for this: those of each kind of log are digits, some with a hyphen, and longer than a date, so that
 * a date that does not exist (`2017-02-30`) is not taken for one.
 */
export const positionSchema = z.string().regex(/^\d[\d-]{14,62}\d$/, {
  error: 'expected the position of an event, as the feed or an Event-Position gave it',
});

export const isPosition = (text: string): boolean => positionSchema.safeParse(text).success;

/** So much may a sender's clock be ahead. */
const CLOCKS_DIFFER_MS = 300_000;

/** In milliseconds, of a date where it begins first; not a number for a position. */
const beginningOf = (asOf: string): number =>
  plainDateSchema.safeParse(asOf).success ? spanOf(asOf).earliest : isPosition(asOf) ? Number.NaN : Date.parse(asOf);

export const asOfSchema = z
  .string()
  .refine(
    (text) => plainDateSchema.safeParse(text).success || instantSchema.safeParse(text).success || isPosition(text),
    { error: 'expected an instant with its offset, a date, or an Event-Position', abort: true },
  )
  .refine((text) => !(beginningOf(text) > Date.now() + CLOCKS_DIFFER_MS), {
    error: 'is in the future: what will be known then is not known yet',
  })
  .describe('What was known then: an instant, the end of a date, or a position in the log');

const OFFSETS = new Map<string, string>(SIDES.map(({ timeZone, utcOffset }) => [timeZone, utcOffset]));

/** The first and the last millisecond of a plain date in a zone; in China's, where none is given. */
export const beginningOfDay = (date: PlainDate, zone = DEFAULT_ZONE): Date =>
  new Date(`${date}T00:00:00.000${OFFSETS.get(zone)}`);
export const endOfDay = (date: PlainDate, zone = DEFAULT_ZONE): Date =>
  new Date(`${date}T23:59:59.999${OFFSETS.get(zone)}`);

/** What `asOf` means; a plain date is the end of that day in the zone. */
export const asOfOf = (asOf: string | undefined, zone: string): AsOf | undefined => {
  if (asOf === undefined) return undefined;
  if (plainDateSchema.safeParse(asOf).success) return { instant: endOfDay(asOf, zone).toISOString() };
  return instantSchema.safeParse(asOf).success ? { instant: new Date(asOf).toISOString() } : { position: asOf };
};
