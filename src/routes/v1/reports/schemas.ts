import { z } from 'zod';
import { JUDGED_BY } from '../../../../domain/counting/scope.ts';
import { boundSchema } from '../../../../domain/kernel/bound.ts';
import { idOf } from '../../../../domain/kernel/codes.ts';
import { handoverDateSchema } from '../../../../domain/kernel/handover-date.ts';
import { directionSchema, officeSchema } from '../../../../domain/kernel/sides.ts';
import { plainDateSchema } from '../../../../domain/kernel/time.ts';
import { CASE_KINDS } from '../../../../domain/reference/case-kinds.ts';
import { figureSchema, passCodeSchema, provinceCodeSchema } from '../../../../domain/reference/codes.ts';
import { FIGURE_UNITS } from '../../../../domain/reference/figures.ts';
import { createCursor } from '../../../http/cursor.ts';
import { limitSchema, oneOrMore } from '../../../http/query.ts';
import { timesQuery, timesSchema } from '../../../http/times.ts';

const judgedBySchema = z.enum(JUDGED_BY, { error: `expected by what the scope is judged: ${JUDGED_BY.join(', ')}` });

/** What a report is asked for. */
const asked = {
  from: plainDateSchema.describe('First day'),
  to: plainDateSchema.describe('Last day, included'),
  provinces: oneOrMore(provinceCodeSchema).optional(),
  offices: oneOrMore(officeSchema).optional(),
  judgedBy: judgedBySchema
    .optional()
    .describe(
      'By what it is judged whether a handover is of those provinces or offices: by the territory of the delivering office, of the receiving office, or by the pass',
    ),
  operation: idOf('an operation').optional().describe('The results of this operation alone'),
  ...timesQuery,
};

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly provinces?: readonly string[] | undefined;
  readonly offices?: readonly string[] | undefined;
  readonly judgedBy?: string | undefined;
  readonly operation?: string | undefined;
}

const FAULTS: readonly {
  readonly path: keyof Asked;
  readonly error: string;
  readonly is: (asked: Asked) => boolean;
}[] = [
  { path: 'to', error: 'expected a day that is not before `from`', is: ({ from, to }) => to < from },
  {
    path: 'judgedBy',
    error: `expected by what the scope is judged: ${JUDGED_BY.join(', ')}`,
    is: ({ provinces, offices, judgedBy }) => (provinces ?? offices) !== undefined && judgedBy === undefined,
  },
  {
    path: 'judgedBy',
    error: 'expected `provinces` or `offices` besides: a national report is judged by nothing',
    is: ({ provinces, offices, judgedBy }) => (provinces ?? offices) === undefined && judgedBy !== undefined,
  },
  {
    path: 'judgedBy',
    error: 'expected `delivering` or `receiving`: an office is no pass',
    is: ({ offices, judgedBy }) => offices !== undefined && judgedBy === 'pass',
  },
  {
    path: 'operation',
    error: 'expected no `provinces` or `offices` besides: the report is of the operation alone',
    is: ({ operation, provinces, offices }) => operation !== undefined && (provinces ?? offices) !== undefined,
  },
];

/** The shape with what its fields must be to each other. */
const checked = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape).superRefine((query, context) => {
    for (const { path, error, is } of FAULTS) {
      if (is(query as unknown as Asked)) context.addIssue({ code: 'custom', path: [path], message: error });
    }
  });

export const reportQuerySchema = checked({
  ...asked,
  figure: oneOrMore(figureSchema).optional().describe('The rows that are wanted; left out, all'),
  format: z.enum(['json', 'csv'], { error: 'expected json or csv' }).optional(),
});

export type ReportQuery = z.infer<typeof reportQuerySchema>;

const statementSchema = z.strictObject({
  id: z.uuid(),
  bound: boundSchema,
  value: z.number(),
  unit: z.enum(FIGURE_UNITS),
  period: z
    .strictObject({ from: z.string().optional(), to: z.string().optional() })
    .nullable()
    .describe('Of the statement; null where it says none'),
  samePeriod: z
    .boolean()
    .nullable()
    .describe(
      'Whether that is the period of the report, as exactly as the statement says it; false: a part of it; null: it leaves out an end, so that it can be',
    ),
  publisher: z.string(),
  publication: z.string(),
  wording: z.string(),
  links: z.strictObject({ self: z.string() }),
});

const personCount = {
  persons: z.int().optional().describe("Persons' lines, or persons where no cases are counted"),
  incidents: z.int().optional().describe('Distinct within the row: incidents do not add up across rows'),
  undecided: z
    .int()
    .optional()
    .describe(
      'How many lines have a date that leaves open whether they are of the period, or with `at` whether they had happened by then: not counted',
    ),
};

const rowSchema = z.strictObject({
  id: figureSchema,
  label: z.string(),
  definition: z.string(),
  direction: directionSchema.optional().describe('The delivering side first; left out where the figure is of both'),
  derived: z.boolean().describe('False where the ledger holds nothing that the figure could be made of'),
  ...personCount,
  quantity: z.string().optional().describe('Of what is neither persons nor incidents: exact decimal text'),
  unit: z.enum(FIGURE_UNITS).optional().describe('Of the quantity'),
  bound: boundSchema.optional().describe('How exact the derived value is'),
  upTo: z
    .string()
    .optional()
    .describe('At most so much, where reports contradict each other; the value is then the least'),
  byDirection: z
    .array(z.strictObject({ direction: directionSchema, ...personCount }))
    .optional()
    .describe('Of a figure of persons that states no direction'),
  statements: z.array(statementSchema).describe('What others have published of the figure, of the same scope'),
  links: z.strictObject({ events: z.string().describe('What makes the value') }),
});

export const reportSchema = z.strictObject({
  period: z.strictObject({ from: plainDateSchema, to: plainDateSchema }),
  scope: z.strictObject({
    level: z.enum(['national', 'provinces', 'offices', 'operation']),
    provinces: z.array(z.string()).optional(),
    offices: z.array(z.string()).optional(),
    judgedBy: judgedBySchema.optional(),
    operation: z.string().optional(),
    name: z.string().optional().describe('Of the operation'),
  }),
  ...timesSchema,
  rows: z.array(rowSchema),
  notes: z.array(z.string()),
});

export const behindReportParamsSchema = z.object({ figure: figureSchema });

export const behindReportCursor = createCursor(
  'events behind a row',
  z.strictObject({ day: plainDateSchema, number: z.int() }),
);

export const behindReportQuerySchema = checked({
  ...asked,
  direction: directionSchema.optional().describe('Of a figure that states none'),
  which: z
    .enum(['counted', 'undecided'], { error: 'expected counted or undecided' })
    .default('counted')
    .describe(
      'The lines that the figure counts, or those of which the date leaves open whether they are of the period, or with `at` whether they had happened by then',
    ),
  limit: limitSchema,
  cursor: behindReportCursor.schema.optional(),
});

/** The row that is to be proved. */
export const reportProvenanceQuerySchema = checked({
  ...asked,
  direction: directionSchema.optional().describe('Of a figure that states none'),
});

const countedFrom = z
  .strictObject({ eventId: z.uuid(), position: z.string() })
  .describe('The event from which on it counts: what happened, or what put it right');

export const behindReportSchema = z.strictObject({
  figure: figureSchema,
  contributions: z.int().describe('How many lines there are: those that the figure is made of, or those left open'),
  withheld: z.int().describe('How many of them are of records that your office does not see'),
  lines: z.array(
    z.strictObject({
      caseId: z.uuid().optional().describe('Of a figure that is counted of cases'),
      eventId: z.uuid().optional(),
      date: handoverDateSchema.optional(),
      direction: directionSchema.optional(),
      kind: z.enum(CASE_KINDS).optional(),
      pass: passCodeSchema.nullable().optional(),
      incident: z.string().optional(),
      record: z.strictObject({ category: z.string(), id: z.uuid() }).optional().describe('Of every other figure'),
      from: plainDateSchema.optional(),
      to: plainDateSchema.nullable().optional(),
      lower: z.string().optional(),
      upper: z.string().optional(),
      unit: z.string().optional(),
      countedFrom,
      links: z.strictObject({ record: z.string(), events: z.string() }),
    }),
  ),
});
