import { z } from 'zod';
import { idOf } from './codes.ts';
import type { Fields } from './event.ts';
import { type EventShape, eventShape } from './event-shapes.ts';
import type { EffectiveEvent } from './record.ts';
import { invalid, type Refusal } from './refusal.ts';
import { refusalsOf } from './shape.ts';
import { officeSide, type Side, sideSchema } from './sides.ts';
import { statingSide } from './stated-by.ts';
import { textSchema } from './text.ts';
import { type OccurredAt, occurredAtSchema } from './time.ts';

/** What somebody says of one field of a record. */
export interface Claim {
  readonly field: string;
  readonly value: unknown;
  /** The event that makes it: that which opened the record, or one of `claimed`. */
  readonly eventId: string;
  readonly occurredAt: OccurredAt;
  readonly by: Side;
  /** Left out of what the record was opened with. */
  readonly accordingTo?: string | undefined;
}

interface Preference {
  readonly claim: string;
  readonly reason: string;
}

/** What was claimed of a record besides what it was opened with, and which claim is preferred, by field. */
export interface Claims {
  readonly made: readonly Claim[];
  readonly preferred: Readonly<Record<string, Preference>>;
}

/** What claims look at of a record. */
interface Claimed {
  readonly claims?: Claims | undefined;
  readonly entries: Fields;
  readonly openingId: string;
  readonly openedAt: OccurredAt;
  readonly openedBy: string;
}

const NO_CLAIMS: Claims = { made: [], preferred: {} };
const claimsOf = ({ claims = NO_CLAIMS }: Claimed): Claims => claims;

/** Claims are shown whole with their record, so they have an end. */
const MOST_CLAIMS = 100;

/**
 * Sources that differ about one fact stand side by side: each is a claim, what the record was opened with included. The field shows what
 * all of them say alike, or the claim that is preferred with a reason, and is disputed while they differ and none is. `fields` are those
 * of which claims can be made, with their shapes.
 */
export const createClaims = (fields: z.ZodRawShape) => {
  const names = Object.keys(fields) as [string, ...string[]];
  const field = z.enum(names, { error: `expected a field of which claims can be made: ${names.join(', ')}` });
  const shapes: Readonly<Record<string, EventShape>> = {
    claimed: eventShape(
      {
        field,
        value: z.unknown().describe('What the source says: a value as the field has it'),
        accordingTo: textSchema(500).describe('Whose word it is and where it stands: the report, the address'),
      },
      {},
    ),
    'claim-preferred': eventShape(
      {
        field,
        claim: idOf('the event that makes the claim').describe(
          'The event that makes the claim: one of `claimed`, or that which opened the record',
        ),
        reason: textSchema(1000),
      },
      {},
    ),
    'claim-preference-withdrawn': eventShape({ field, reason: textSchema(1000) }, {}),
  };

  const check = (state: Claimed, { type, data }: EffectiveEvent): readonly Refusal[] => {
    const name = String(data.field);
    if (type === 'claimed') {
      const schema = fields[name] as z.ZodType;
      if (data.value === undefined) return [invalid(`say what ${name} is said to be`, '/data/value')];
      if (claimsOf(state).made.length >= MOST_CLAIMS) {
        return [{ code: 'out-of-order', message: `there are ${MOST_CLAIMS} claims already`, pointer: '/type' }];
      }
      const parsed = schema.safeParse(data.value);
      return parsed.success ? [] : refusalsOf(parsed.error, '/data/value');
    }
    if (type === 'claim-preferred') {
      const claims = claimsOn(state, name);
      if (claims.some(({ eventId }) => eventId === data.claim)) return [];
      const known = claims.map(({ eventId, value }) => `${eventId} (${JSON.stringify(value)})`).join(', ');
      return [invalid(`expected an event that claims ${name}: ${known || 'there is none'}`, '/data/claim')];
    }
    return type === 'claim-preference-withdrawn' && claimsOf(state).preferred[name] === undefined
      ? [invalid(`no claim of ${name} is preferred`, '/data/field')]
      : [];
  };

  /** Undefined where the event is none of claims. */
  const effectOf = (state: Claimed, event: EffectiveEvent): { readonly claims: Claims } | undefined => {
    const { made, preferred } = claimsOf(state);
    const { id: eventId, occurredAt, type, data } = event;
    const name = String(data.field);
    if (type === 'claimed') {
      const { value, accordingTo } = data as { readonly value: unknown; readonly accordingTo: string };
      const claim = { field: name, value, eventId, occurredAt, by: statingSide(event), accordingTo };
      return { claims: { made: [...made, claim], preferred } };
    }
    if (type === 'claim-preferred') {
      const { claim, reason } = data as unknown as Preference;
      return { claims: { made, preferred: { ...preferred, [name]: { claim, reason } } } };
    }
    if (type !== 'claim-preference-withdrawn') return undefined;
    const { [name]: _, ...others } = preferred;
    return { claims: { made, preferred: others } };
  };

  /** The entries with what claims make of them: a field that is disputed is left out. */
  const settle = (state: Claimed): Fields => {
    const { made, preferred } = claimsOf(state);
    const contested = names.filter((name) => made.some((claim) => claim.field === name));
    if (contested.length === 0) return state.entries;
    const settled = contested.map((name) => [name, settledValue(claimsOn(state, name), preferred[name])] as const);
    const disputed = settled.flatMap(([name, value]) => (value === undefined ? [name] : []));
    const claims = contested.flatMap((name) =>
      claimsOn(state, name).map((claim) => {
        const isPreferred = preferred[name]?.claim === claim.eventId;
        return { ...claim, preferred: isPreferred, ...(isPreferred && { reason: preferred[name]?.reason }) };
      }),
    );
    return { ...state.entries, ...Object.fromEntries(settled), claims, ...(disputed.length > 0 && { disputed }) };
  };

  const schema: z.ZodRawShape = {
    ...z.object(fields).partial().shape,
    claims: z.array(claimSchema(field)).readonly().optional(),
    disputed: z
      .array(field)
      .readonly()
      .optional()
      .describe('Fields of which the claims differ, and none is preferred: they are not shown'),
  };

  return { shapes, check, effectOf, settle, schema };
};

/** All that is said of a field: what the record was opened with, and what was claimed later. */
const claimsOn = (state: Claimed, field: string): readonly Claim[] => {
  const value = state.entries[field];
  const made = claimsOf(state).made.filter((claim) => claim.field === field);
  if (value === undefined) return made;
  const { openingId: eventId, openedAt: occurredAt, openedBy } = state;
  return [{ field, value, eventId, occurredAt, by: officeSide(openedBy) as Side }, ...made];
};

const settledValue = (claims: readonly Claim[], preference: Preference | undefined): unknown => {
  if (preference !== undefined) return claims.find(({ eventId }) => eventId === preference.claim)?.value;
  const [first, ...others] = claims.map(({ value }) => value);
  return others.every((value) => JSON.stringify(value) === JSON.stringify(first)) ? first : undefined;
};

const claimSchema = (field: z.ZodType) =>
  z.strictObject({
    field,
    value: z.unknown(),
    eventId: z.uuid(),
    occurredAt: occurredAtSchema,
    by: sideSchema,
    accordingTo: z.string().optional().describe('Left out of what the record was opened with'),
    preferred: z.boolean(),
    reason: z.string().optional().describe('Why it is preferred'),
  });
