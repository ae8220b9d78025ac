import type { z } from 'zod';
import { exactly } from '../kernel/contribution.ts';
import type { Fields } from '../kernel/event.ts';
import { eventShape } from '../kernel/event-shapes.ts';
import { row } from '../kernel/lifecycle.ts';
import {
  daysOfRoughDate,
  doneByThen,
  endsAfterItBegins,
  periodSchema,
  type RoughDate,
  roughDateSchema,
} from '../kernel/period.ts';
import type { AnyLifecycle, EffectiveEvent } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Register, RegisterEvent, RegisterState } from '../kernel/register.ts';
import { textSchema } from '../kernel/text.ts';
import type { Contribution } from './public-register.ts';

/** What meetings, visits and courses have in common: they are planned, perhaps put off, and held or cancelled. */
export const plannedPeriod = periodSchema
  .optional()
  .describe('When it is planned to be held; left out where not known');

/** `held` is what is said besides the dates when it has been held. */
export const heldEvents = (held: z.ZodRawShape): Readonly<Record<string, RegisterEvent>> => ({
  postponed: {
    shape: eventShape({ plannedPeriod }, { postponementReason: textSchema(1000).optional() }),
    effect: 'sets',
  },
  held: {
    shape: eventShape({ heldFrom: roughDateSchema, heldTo: roughDateSchema.optional(), ...held }, {}),
    effect: 'sets',
  },
  cancelled: { shape: eventShape({}, { cancellationReason: textSchema(1000).optional() }), effect: 'sets' },
});

/** One that was held, counted on the day on which it began; nothing of any other. */
export const heldOnce = (
  measure: string,
  { heldFrom }: Fields,
  { standing }: RegisterState,
): readonly Contribution[] =>
  standing.state === 'held' ? [{ measure, ...daysOfRoughDate(heldFrom as RoughDate), ...exactly(1) }] : [];

/** `afterwards` are events that may follow when it has been held. */
export const heldLifecycle = (name: string, afterwards: readonly string[] = []): AnyLifecycle => ({
  name,
  initial: 'not-opened',
  rows: [
    row('registered', ['not-opened'], 'planned', 'either'),
    row('postponed', ['planned', 'postponed'], 'postponed', 'either'),
    row('held', ['planned', 'postponed'], 'held', 'either'),
    row('cancelled', ['planned', 'postponed'], 'cancelled', 'either'),
    ...afterwards.map((event) => row(event, ['held'], 'unchanged', 'either')),
  ],
});

export const checkHeld: NonNullable<Register['check']> = (
  _state,
  event: EffectiveEvent,
): readonly (Refusal | undefined)[] => {
  const { heldFrom, heldTo } = event.data;
  return [
    doneByThen(event, heldFrom, '/data/heldFrom'),
    doneByThen(event, heldTo, '/data/heldTo'),
    endsAfterItBegins(heldFrom, heldTo, '/data/heldTo'),
  ];
};
