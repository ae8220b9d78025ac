import { z } from 'zod';
import type { Fields } from './event.ts';
import { ownFieldsOf } from './event-shapes.ts';
import type { Register, RegisterEvent, RegisterKind, RegisterState } from './register-table.ts';
import { officeSchema, sideSchema } from './sides.ts';
import { occurredAtSchema } from './time.ts';

/** An event of a table with the fields that are its own. */
export interface KnownEvent extends RegisterEvent {
  readonly fields: z.ZodRawShape;
}

const optional = (shape: z.ZodRawShape): z.ZodRawShape => z.object(shape).partial().shape;

const without = <Some extends Fields>(fields: Some, names: readonly string[]): Some =>
  Object.fromEntries(Object.entries(fields).filter(([field]) => !names.includes(field))) as Some;

/** The shape in which a record of a register is shown. */
export const documentSchemaOf = (
  { opening, derived }: Register,
  statuses: readonly string[],
  events: Readonly<Record<string, KnownEvent>>,
  claims: z.ZodRawShape = {},
): z.ZodObject => {
  const later: Record<string, z.ZodType> = {};
  for (const { shape, fields, effect } of Object.values(events)) {
    if (effect === 'sets') Object.assign(later, optional(fields));
    else if (effect !== 'none' && 'addsTo' in effect) {
      const entry = z.strictObject({
        eventId: z.uuid(),
        occurredAt: occurredAtSchema,
        by: sideSchema,
        ...shape.open.shape,
        ...optional(ownFieldsOf({ open: z.strictObject({}), sealed: shape.sealed })),
      });
      later[effect.addsTo] = z.array(entry).readonly().optional();
    }
  }
  return z.strictObject({
    id: z.uuid(),
    revision: z.int().min(0).describe('Number of the last event that is taken into account; the first has 0'),
    status: z.enum(statuses as [string, ...string[]]),
    since: occurredAtSchema.describe('When what gave it its status happened'),
    openedAt: occurredAtSchema,
    openedBy: officeSchema.describe('The office whose word opened it'),
    office: officeSchema.describe('The office that recorded that'),
    sharedWith: z.array(officeSchema).readonly(),
    ...without(later, derived?.insteadOf ?? []),
    ...optional(opening.sealed),
    ...without(opening.open, derived?.insteadOf ?? []),
    ...claims,
    ...derived?.fields,
  } as z.ZodRawShape);
};

/** A record as it is shown. `settle` gives the entries with what stands of claims. */
export const documentOf =
  (
    { derived }: Register,
    settle: (state: RegisterState) => Fields = ({ entries }) => entries,
  ): RegisterKind['document'] =>
  (id, revision, state) => ({
    id,
    revision,
    status: state.standing.state,
    since: state.since,
    openedAt: state.openedAt,
    openedBy: state.openedBy,
    office: state.office,
    sharedWith: state.sharedWith,
    ...without(settle(state), derived?.insteadOf ?? []),
    ...derived?.of(state.entries, state),
  });
