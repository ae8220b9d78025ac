import { z } from 'zod';

/** The id of a case; ids are written in lower case. */
export const caseParamsSchema = z.object({
  caseId: z.uuid({ error: 'expected the id of a case: a UUID' }).toLowerCase(),
});
