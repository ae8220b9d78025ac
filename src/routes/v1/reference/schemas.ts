import { z } from 'zod';
import { REFERENCE_LISTS } from '../../../../domain/reference/catalogue.ts';
import { LANGUAGES } from '../../../../domain/reference/entry.ts';

const labelsSchema = z
  .partialRecord(z.enum(LANGUAGES), z.string())
  .describe('In the language of `Accept-Language`; in all three where it names none of them');

/** What every entry has; each list has more of its own. */
const entrySchema = z.looseObject({
  code: z.string(),
  labels: labelsSchema,
  verified: z.boolean().describe('False where nobody has checked the entry against its source yet'),
  validFrom: z.iso.date().optional(),
  validTo: z.iso.date().optional().describe('The first day on which it holds no more'),
});

export const referenceParamsSchema = z.object({
  list: z.enum(REFERENCE_LISTS, { error: `expected the name of a list: ${REFERENCE_LISTS.join(', ')}` }),
});

export const referenceListSchema = z.strictObject({
  list: z.enum(REFERENCE_LISTS),
  version: z.string().describe('Names the state of all lists; every event records the one that it was checked by'),
  entries: z.array(entrySchema),
});

export const referenceIndexSchema = z.strictObject({
  version: z.string(),
  lists: z.array(z.strictObject({ list: z.enum(REFERENCE_LISTS), entries: z.int(), href: z.string() })),
});
