import { z } from 'zod';
import { sideSchema } from '../kernel/sides.ts';
import { textSchema } from '../kernel/text.ts';
import { plainDateSchema } from '../kernel/time.ts';
import { CASE_KINDS } from '../reference/case-kinds.ts';
import { offenceCodeSchema } from '../reference/codes.ts';

export const incidentSchema = z
  .string()
  .regex(/^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    // It stands in the open, so it must not be a name.
    error: 'expected a code with a number in it, of letters, digits, dots and hyphens, such as GX-2019-007',
  })
  .describe('Groups the persons of one affair');

/** Open, so it must be an article: a name has no number. */
const articleSchema = textSchema(80).regex(/[\p{N}一二三四五六七八九十百]/u, {
  error: 'expected an article with its number, such as art. 266, Điều 250 or 第三百四十七条',
});

const offencesSchema = z
  .array(z.strictObject({ iccs: offenceCodeSchema, nationalArticle: articleSchema.optional() }))
  .max(20)
  .describe('UNODC ICCS codes, each beside the national article as written');

/** What a case is opened with, besides its first event. */
export const particularsOfCaseSchema = z.strictObject({
  kind: z.enum(CASE_KINDS),
  requestingParty: sideSchema,
  sentencingParty: sideSchema.optional().describe('Of a sentenced person: the side that passed the judgment'),
  minor: z.boolean().describe('Whether the person is under 18'),
  offences: offencesSchema.optional(),
  incident: incidentSchema.optional(),
  warrant: z
    .strictObject({ kind: z.enum(['warrant', 'judgment', 'red-notice']), issuedOn: plainDateSchema.optional() })
    .optional(),
});
