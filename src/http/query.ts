import { z } from 'zod';

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

/**
 * A place in the log, opaque but for this: those of each kind of log are digits, some with a hyphen, and longer than a date, so that
 * a date that does not exist (`2017-02-30`) is not taken for one.
 */
export const positionSchema = z.string().regex(/^\d[\d-]{14,62}\d$/, {
  error: 'expected the position of an event, as the feed or an Event-Position gave it',
});

export const isPosition = (text: string): boolean => positionSchema.safeParse(text).success;
