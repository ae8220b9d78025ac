import { z } from 'zod';
import { HANDOVER_REFUSED_FOR } from '../case/events.ts';
import { idOf, oneOf } from '../kernel/codes.ts';
import { textSchema } from '../kernel/text.ts';
import { provinceCodeSchema } from '../reference/codes.ts';

/** What became of a person at the line, by the minutes. */
export const LINE_OUTCOMES = ['handed-over', 'refused', 'no-show'] as const;

/** Ages at the handover, in years, as lists of handovers give them. */
export const AGE_BANDS = ['0-13', '14-17', '18-39', '40-59', '60-', 'unknown'] as const;

/** By ISO/IEC 5218: not known, male, female, not applicable. */
export const SEXES = ['0', '1', '2', '9'] as const;

export const UNKNOWN = 'unknown';

const localitySchema = z.union([z.literal(UNKNOWN), provinceCodeSchema], {
  error: `expected the code of a province (ISO 3166-2), or ${UNKNOWN}`,
});

const ageBandSchema = oneOf(AGE_BANDS);

const sexSchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(9)], {
  error: 'expected 0 (not known), 1 (male), 2 (female) or 9 (not applicable), ISO/IEC 5218',
});

/** Why a person was refused; a no-show is an outcome of its own. */
const CAUSES = HANDOVER_REFUSED_FOR.filter((cause) => cause !== 'no-show');

/** What of a line is the person's own, so that it is sealed with the key of the person's case. */
const ofPerson = {
  sex: sexSchema.optional(),
  ageBand: ageBandSchema.optional().describe('Age at the handover, in years'),
  homeLocality: localitySchema.optional().describe('The province that the person comes from'),
  property: textSchema(2000).optional().describe('What was handed over with the person'),
  medicine: textSchema(2000).optional(),
};

export const FIELDS_OF_PERSON: readonly string[] = Object.keys(ofPerson);

/** One person in the minutes, by their case. */
export const lineSchema = z.strictObject({
  case: idOf('a case'),
  outcome: oneOf(LINE_OUTCOMES),
  cause: oneOf(CAUSES).optional().describe('Why the person was refused; required then'),
  ...ofPerson,
});

export type MinutesLine = z.infer<typeof lineSchema>;

const count = z.int().min(0).max(100_000);

/** What the minutes say of all persons who were handed over; held against the list. */
export const totalsSchema = z
  .strictObject({
    persons: count,
    bySex: z.partialRecord(z.enum(SEXES), count),
    byAgeBand: z.partialRecord(ageBandSchema, count),
    byHomeLocality: z.partialRecord(localitySchema, count),
  })
  .describe('Of the persons who were handed over, as the minutes give them: they must go with the list');

export type Totals = z.infer<typeof totalsSchema>;

/** The totals of the persons of a list who were handed over. */
export const totalsOf = (lines: readonly MinutesLine[]): Totals => {
  const handedOver = lines.filter(({ outcome }) => outcome === 'handed-over');
  const by = (keyOf: (line: MinutesLine) => string): Record<string, number> => {
    const groups = Map.groupBy(handedOver, keyOf);
    return Object.fromEntries([...groups].map(([key, group]) => [key, group.length]));
  };
  return {
    persons: handedOver.length,
    bySex: by(({ sex = 0 }) => String(sex)),
    byAgeBand: by(({ ageBand = UNKNOWN }) => ageBand),
    byHomeLocality: by(({ homeLocality = UNKNOWN }) => homeLocality),
  };
};
