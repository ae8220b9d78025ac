import { z } from 'zod';
import type { Side } from '../../domain/kernel/sides.ts';
import { instantSchema, occurredAtSchema, type PlainDate, plainDateSchema, spanOf } from '../../domain/kernel/time.ts';
import { SIDES } from '../../domain/reference/sides.ts';
import type { AsOf, Times } from '../../projections/times.ts';
import { isPosition } from './query.ts';

/** The two times of whatever was recorded, as they are asked for: what was known then (`asOf`), and what was true then (`at`). */

const TIME_ZONES = SIDES.map(({ timeZone }) => timeZone) as [string, ...string[]];

const DEFAULT_ZONE = 'Asia/Shanghai';

export const zoneSchema = z
  .enum(TIME_ZONES, { error: `expected the zone of a plain date: ${TIME_ZONES.join(' or ')}` })
  .default(DEFAULT_ZONE)
  .describe('In which a plain date ends, of `asOf` and, against instants, of `at`');

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

/** The two times of whatever was recorded, each by itself or both together. */
export const timesQuery = {
  asOf: asOfSchema.optional(),
  at: occurredAtSchema
    .optional()
    .describe(
      'What was true then, of what is known: what had happened by an instant, or by the end of a date or a month',
    ),
  zone: zoneSchema,
};

interface TimesQuery {
  readonly asOf?: string | undefined;
  readonly at?: string | undefined;
  readonly zone: string;
}

const SIDE_OF_ZONE = new Map<string, Side>(SIDES.map(({ timeZone, code }) => [timeZone, code]));

/** What the two times mean. */
export const timesOf = ({ asOf, at, zone }: TimesQuery): Times => ({
  asOf: asOfOf(asOf, zone),
  at: at === undefined ? undefined : { time: at, side: SIDE_OF_ZONE.get(zone) as Side },
});

/** The same times again, for a link to what belongs to an answer. */
export const withTimes = (parameters: URLSearchParams, { asOf, at, zone }: TimesQuery): URLSearchParams => {
  if (asOf !== undefined) parameters.set('asOf', asOf);
  if (at !== undefined) parameters.set('at', at);
  if (asOf !== undefined || at !== undefined) parameters.set('zone', zone);
  return parameters;
};

/** Of lines that are asked for at a time: which of them. */
export const happenedSchema = z
  .enum(['happened', 'undecided'], { error: 'expected happened or undecided' })
  .default('happened')
  .describe('With `at`: what had happened by then, or what has a date that leaves it open whether it had');

/** The times as they were asked for, said in the answer. */
export const timesSchema = {
  asOf: z.string().nullable().describe('As it was asked for; null: as known now'),
  at: z.string().nullable().describe('As it was asked for; null: whenever it happened'),
};

export const timesAsked = ({ asOf, at }: Pick<TimesQuery, 'asOf' | 'at'>) => ({ asOf: asOf ?? null, at: at ?? null });

/** What `asOf` means; a plain date is the end of that day in the zone. */
export const asOfOf = (asOf: string | undefined, zone: string): AsOf | undefined => {
  if (asOf === undefined) return undefined;
  if (plainDateSchema.safeParse(asOf).success) return { instant: endOfDay(asOf, zone).toISOString() };
  return instantSchema.safeParse(asOf).success ? { instant: new Date(asOf).toISOString() } : { position: asOf };
};
