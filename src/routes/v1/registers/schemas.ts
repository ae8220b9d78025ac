import { z } from 'zod';
import { idOf, oneOf } from '../../../../domain/kernel/codes.ts';
import { withArticle } from '../../../../domain/kernel/noun.ts';
import type { RegisterKind } from '../../../../domain/kernel/register.ts';
import { createCursor } from '../../../http/cursor.ts';
import { limitSchema, oneOrMore } from '../../../http/query.ts';
import { timesQuery } from '../../../http/times.ts';

export const idParamsSchema = (noun: string) => z.object({ id: idOf(withArticle(noun)) });

export const includeSchema = z
  .enum(['sealed'], { error: 'expected sealed' })
  .optional()
  .describe('`sealed`: with what is sealed in the log, for roles that work on records');

export const registerQuerySchema = z.strictObject({ include: includeSchema, ...timesQuery });

export const registerEventsCursor = createCursor('events of a record', z.int().min(0));

export const registerEventsQuerySchema = z.strictObject({
  include: includeSchema,
  ...timesQuery,
  limit: limitSchema,
  cursor: registerEventsCursor.schema.optional(),
});

export const registerListCursor = ({ register }: RegisterKind) => createCursor(register.plural, z.int());

/** A list is filtered by the status, and by what the register names. */
export const registerListQuerySchema = (kind: RegisterKind) => {
  const { statuses } = kind;
  const status = oneOf(statuses);
  const filters = Object.entries(kind.register.filters).map(([name, schema]) => [name, oneOrMore(schema).optional()]);
  return z.strictObject({
    status: oneOrMore(status).optional(),
    ...(Object.fromEntries(filters) as Record<string, z.ZodOptional<ReturnType<typeof oneOrMore<string>>>>),
    limit: limitSchema,
    cursor: registerListCursor(kind).schema.optional(),
  });
};
