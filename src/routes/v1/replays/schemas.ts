import { z } from 'zod';
import { idOf, oneOf } from '../../../../domain/kernel/codes.ts';
import {
  REPLAY_COMPARISON_LABELS,
  REPLAY_STATUS_LABELS,
  REPLAY_STEP_LABELS,
  ROW_DIFFERENCE_LABELS,
} from '../../../../domain/labels/replay-codes.ts';
import { READ_MODELS } from '../../../../projections/read-models.ts';
import { asOfSchema, timesQuery } from '../../../http/times.ts';
import { labelsSchema } from '../labels.ts';

export const ALL_VIEWS = 'all';

const viewNames = READ_MODELS.map(({ name }) => name);

const codesOf = <Code extends string>(labels: Readonly<Record<Code, unknown>>) =>
  z.enum(Object.keys(labels) as [Code, ...Code[]]);

export const startReplayBodySchema = z.strictObject({
  view: oneOf([...viewNames, ALL_VIEWS])
    .default(ALL_VIEWS)
    .describe('Which views are replayed'),
  to: asOfSchema
    .optional()
    .describe(
      'Up to a position in the log, an instant or the end of a date; left out: up to where the views stand, with which they are then compared',
    ),
  zone: timesQuery.zone,
});

export const replayParamsSchema = z.object({ replayId: idOf('a replay') });

const differenceSchema = z.strictObject({
  table: z.string(),
  difference: codesOf(ROW_DIFFERENCE_LABELS),
  key: z
    .record(z.string(), z.union([z.string(), z.number(), z.null()]))
    .optional()
    .describe('The primary key of the row, as far as it may be told; not for the role `admin`'),
  columns: z
    .array(
      z.strictObject({
        column: z.string(),
        pointer: z.string().optional().describe('In the document that the column holds'),
        live: z.unknown().optional(),
        replayed: z.unknown().optional(),
      }),
    )
    .describe(
      'What differs; without what stands there where the role does not read that elsewhere, such as a person’s data, and for `admin`',
    ),
  record: z.strictObject({ category: z.string(), id: z.string() }).optional(),
  events: z
    .array(z.strictObject({ eventId: z.uuid(), type: z.string(), position: z.string(), recordedAt: z.string() }))
    .describe('The event of the record that wrote the row last; with `since` those of the record that came since'),
  labels: labelsSchema,
});

const replayedSchema = z.strictObject({
  view: z.string(),
  version: z.int(),
  comparison: codesOf(REPLAY_COMPARISON_LABELS).describe(
    '`same-position`: the live view is to be equal, and every difference is a fault; `since`: the view as it was then, and what has changed since',
  ),
  position: z.string().describe('Up to where the log was replayed'),
  livePosition: z.string().describe('Where the live view stood'),
  events: z.int().describe('How many events were replayed'),
  tables: z.array(
    z.strictObject({
      table: z.string(),
      rows: z.int().describe('As the log gives them'),
      differences: z.int(),
    }),
  ),
  differences: z.int(),
  first: z.array(differenceSchema).describe('The first of them'),
  labels: labelsSchema,
});

export const replaySchema = z.strictObject({
  id: z.uuid(),
  status: codesOf(REPLAY_STATUS_LABELS),
  views: z.array(z.string()),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  progress: z.array(
    z.strictObject({
      view: z.string(),
      step: codesOf(REPLAY_STEP_LABELS),
      done: z.int().describe('Events that were replayed, or rows that were compared'),
      labels: labelsSchema,
    }),
  ),
  replayed: z.array(replayedSchema),
  failure: z.string().optional(),
  labels: labelsSchema,
  links: z.strictObject({ self: z.string() }),
});
