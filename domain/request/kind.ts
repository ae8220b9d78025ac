import { z } from 'zod';
import type { EffectiveEvent, Guarded } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { createRegister, type RegisterState } from '../kernel/register.ts';
import { officeSchema, officeSide } from '../kernel/sides.ts';
import { daysOf } from '../kernel/time.ts';
import { events, type OUTCOMES, opening, type REQUEST_KINDS, requestKindSchema, urgencySchema } from './events.ts';
import { lifecycle } from './lifecycle.ts';

type RequestKind = (typeof REQUEST_KINDS)[number];
type Outcome = (typeof OUTCOMES)[number];

/** How each kind of request can be answered. */
const OUTCOMES_OF: Readonly<Record<RequestKind, readonly Outcome[]>> = {
  information: ['answered', 'inconclusive'],
  location: ['found', 'not-found', 'inconclusive'],
  'citizenship-verification': ['confirmed', 'denied', 'inconclusive'],
  evidence: ['answered', 'carried-out', 'not-found'],
  assistance: ['carried-out', 'answered'],
};

const invalid = (message: string, pointer: string): Refusal => ({ code: 'invalid', message, pointer });

const outcomeSuits = ({ entries }: RegisterState, { type, data }: EffectiveEvent): Refusal | undefined => {
  if (type !== 'replied') return undefined;
  const kind = entries.kind as RequestKind;
  const outcomes: readonly string[] = OUTCOMES_OF[kind];
  return outcomes.includes(data.outcome as string)
    ? undefined
    : invalid(`a request for ${kind} is answered by one of: ${outcomes.join(', ')}`, '/data/outcome');
};

/** Only where it is at hand: it is sealed, and a history is checked without it. */
const urgencyHasReason = ({ type, data }: EffectiveEvent): Refusal | undefined =>
  type === opening.type && data.urgency !== 'routine' && 'question' in data && data.urgencyReason === undefined
    ? invalid('say why it is urgent', '/urgencyReason')
    : undefined;

/** Days are those of the office that says them: the hour by which they differ across the border does not count. */
const dayOf = (occurredAt: string): string => daysOf(occurredAt.slice(0, 'YYYY-MM-DD'.length)).last;

const dueInTime = ({ type, occurredAt, data }: EffectiveEvent): Refusal | undefined =>
  typeof data.dueOn === 'string' && data.dueOn < daysOf(occurredAt.slice(0, 'YYYY-MM-DD'.length)).first
    ? {
        code: 'times-out-of-order',
        message: `${data.dueOn} is before ${occurredAt}, when this was asked`,
        pointer: type === opening.type ? '/dueOn' : '/data/dueOn',
      }
    : undefined;

const dueDateOver = ({ state, event }: Guarded<RegisterState, EffectiveEvent>): Refusal | undefined => {
  const { dueOn } = state.entries as { readonly dueOn?: string };
  const isOver = dueOn !== undefined && (event.occurredAt === undefined || dayOf(event.occurredAt) > dueOn);
  if (isOver) return undefined;
  return {
    code: 'times-out-of-order',
    message:
      dueOn === undefined
        ? 'a request without a due date does not lapse: withdraw it'
        : `it is due on ${dueOn}, and lapses after that day`,
    pointer: '/occurredAt',
  };
};

/** Requests between offices: for information, the place of a person, citizenship, evidence, assistance. */
export const requests = createRegister({
  category: 'request',
  noun: 'request',
  plural: 'requests',
  opening,
  events,
  lifecycle,
  sidesOf: ({ openedBy, entries }, role) => {
    const side = officeSide(role === 'asking' ? openedBy : String(entries.addressee));
    return side === undefined ? [] : [side];
  },
  letIn: ({ addressee }) => [String(addressee)],
  guards: { 'due-date-over': dueDateOver },
  check: (state, event) => [outcomeSuits(state, event), urgencyHasReason(event), dueInTime(event)],
  filters: {
    kind: requestKindSchema,
    addressee: officeSchema,
    urgency: urgencySchema,
    case: z.uuid({ error: 'expected the id of a case' }).toLowerCase(),
  },
  references: ({ kind, addressee, urgency, cases, ledTo }) => ({
    kind: [String(kind)],
    addressee: [String(addressee)],
    urgency: [String(urgency)],
    case: [
      ...((cases ?? []) as readonly string[]),
      ...((ledTo ?? []) as readonly { readonly case: string }[]).map((entry) => entry.case),
    ],
  }),
});
