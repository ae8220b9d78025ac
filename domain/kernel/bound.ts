import { z } from 'zod';

/** How exact a figure is that somebody gives. */
export const boundSchema = z
  .enum(['=', '>', '≈'], { error: 'expected one of: = (equal), > (more than), ≈ (about)' })
  .describe('How exact the source is: `=` equal, `>` more than, `≈` about');

export type Bound = z.infer<typeof boundSchema>;
