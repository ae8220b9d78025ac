import { z } from 'zod';
import { instantSchema } from '../../../../domain/kernel/time.ts';
import { wholeNumber } from '../../../http/query.ts';

const treeSizeSchema = z.int().min(0).describe('How many events, in the order of the log');

/** What the ledger says of one of its trees. */
const treeSchema = z.strictObject({
  key: z.string().describe('Under which checkpoints are signed, as c2sp.org/signed-note writes it'),
  leaves: treeSizeSchema,
  checkpoint: z
    .strictObject({ leaves: treeSizeSchema, root: z.base64() })
    .nullable()
    .describe('The latest that is signed; null before the first'),
  scrub: z
    .strictObject({
      leaves: treeSizeSchema.describe('So many events were held against the tree in the round that is under way'),
      lastRoundAt: instantSchema.nullable(),
    })
    .describe('The whole log is held against its tree within a day, again and again'),
  findings: z
    .array(z.strictObject({ foundAt: instantSchema, kind: z.string(), leaf: z.int().nullable(), message: z.string() }))
    .describe('What does not agree with what was recorded'),
  failure: z.string().nullable().describe('Why the tree does not go on, or is not signed'),
});

/** What the ledger says of its transparency log, of those who countersign it, and of the log of who has read what. */
export const transparencySchema = treeSchema.extend({
  witnesses: z.array(
    z.strictObject({
      name: z.string(),
      url: z.string(),
      cosigned: z
        .strictObject({ leaves: treeSizeSchema, at: instantSchema })
        .nullable()
        .describe('The latest checkpoint that it has countersigned; null before the first'),
      behind: z.int().min(0).describe('How many events of the latest checkpoint it has not countersigned'),
      failure: z.string().nullable().describe('Why it did not countersign when it was last asked'),
    }),
  ),
  access: treeSchema.describe('The tree of the access records, which is not public'),
});

export const revisionSchema = wholeNumber(0, 999_999_999, 'expected the revision of an event: a whole number from 0');
