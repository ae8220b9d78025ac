import { z } from 'zod';
import { CODE_LISTS } from '../../../../domain/code-lists.ts';
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

const NAMES = Object.keys(CODE_LISTS);
const listSchema = z.enum(NAMES, { error: `expected the name of a list: ${NAMES.join(', ')}` });

export const referenceParamsSchema = z.object({ list: listSchema });

export const referenceListSchema = z.strictObject({
  list: listSchema,
  version: z
    .string()
    .optional()
    .describe(
      'Of reference data: names the state of all their lists; every event records the one that it was checked by. Left out of codes ' +
        'that the service itself defines',
    ),
  entries: z.array(entrySchema),
});

export const referenceIndexSchema = z.strictObject({
  version: z.string(),
  lists: z.array(z.strictObject({ list: listSchema, entries: z.int(), href: z.string() })),
});
