import { z } from 'zod';
import { idOf } from '../../../../domain/kernel/codes.ts';

/** The id of a case; ids are written in lower case. */
export const caseParamsSchema = z.object({
  caseId: idOf('a case: a UUID'),
});
