import { z } from 'zod';
import { identityBasisSchema } from '../../../../domain/case/events.ts';
import { occurredAtSchema } from '../../../../domain/kernel/time.ts';
import { MATCH_REASONS } from '../../../../domain/person/matching.ts';
import { limitSchema } from '../../../http/query.ts';
import { labelsSchema } from '../labels.ts';
import { caseWithPersonSchema } from './query-schemas.ts';
import { caseSchema } from './representation.ts';

export const candidatesQuerySchema = z.strictObject({ limit: limitSchema });

const reasonSchema = z.strictObject({
  code: z.enum(MATCH_REASONS),
  forms: z.tuple([z.string(), z.string()]).describe('As this case writes it, and as the other one does'),
  labels: labelsSchema,
});

export const candidatesSchema = z.strictObject({
  candidates: z.array(
    z.strictObject({
      case: caseWithPersonSchema,
      reasons: z.array(reasonSchema).min(1).describe('What speaks for one person, and what against it'),
    }),
  ),
  more: z
    .boolean()
    .describe('Not all cases that could be of the person were looked at, or not all that were found are shown'),
});

export const personLinksSchema = z.strictObject({
  cases: z.array(caseSchema).describe('Those of one person, this case first'),
  links: z.array(
    z.strictObject({
      cases: z.tuple([z.uuid(), z.uuid()]).describe('The case that says it, and the one that it names'),
      verdict: z.enum(['same', 'not-same']),
      basis: identityBasisSchema,
      occurredAt: occurredAtSchema,
      eventId: z.uuid().describe('By which `unlinked-from-person-of` names it'),
      labels: labelsSchema,
    }),
  ),
  more: z.boolean().describe('The group has more cases than are shown'),
});
