import { z } from 'zod';
import { lineSchema, textSchema } from '../kernel/text.ts';
import { daysOf, monthSchema, type PlainDate, plainDateSchema, yearSchema } from '../kernel/time.ts';

/** ISO 3166-1 alpha-2. */
export const countrySchema = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'expected an ISO 3166-1 alpha-2 code such as CN or VN' });

/** One name of a person, as supplied: nothing is transliterated. Script codes are ISO 15924. */
export const nameSchema = z.strictObject({
  text: lineSchema(200),
  script: z.enum(['Hans', 'Hant', 'Latn']),
  role: z.enum(['native', 'pinyin', 'passport', 'alias', 'sino-vietnamese']),
  /** The document that the name came from. */
  source: textSchema(200).optional(),
});

export const identityDocumentSchema = z.strictObject({
  type: z.enum(['passport', 'identity-card', 'border-pass-permit', 'household-register', 'birth-certificate', 'other']),
  number: lineSchema(60),
  issuedBy: countrySchema.optional(),
});

/** A person as far as known. All of it is sealed in the log. */
export const personSchema = z.strictObject({
  names: z.array(nameSchema).min(1).max(20),
  /** ISO/IEC 5218: 0 not known, 1 male, 2 female, 9 not applicable. */
  sex: z
    .literal([0, 1, 2, 9], {
      error: 'expected 0 (not known), 1 (male), 2 (female) or 9 (not applicable), ISO/IEC 5218',
    })
    .optional(),
  birthDate: z
    .strictObject({
      date: z.union([plainDateSchema, monthSchema, yearSchema], {
        error: 'expected what is known of the date: 1985, 1985-03 or 1985-03-09',
      }),
      estimated: z.boolean().optional(),
    })
    .optional(),
  birthplace: textSchema(200).optional(),
  residence: textSchema(300).optional(),
  nationalityClaimed: countrySchema.optional(),
  documents: z.array(identityDocumentSchema).max(20).optional(),
  relatives: z
    .array(z.strictObject({ relation: lineSchema(60), name: lineSchema(200) }))
    .max(20)
    .optional(),
});

export type Person = z.infer<typeof personSchema>;
export type PersonName = z.infer<typeof nameSchema>;

/** Whether the person is under 18 on a day, as far as a birth date tells it for certain; undefined where it does not. */
export const isUnder18 = ({ birthDate }: Pick<Person, 'birthDate'>, day: PlainDate): boolean | undefined => {
  if (birthDate === undefined || birthDate.estimated) return undefined;
  const { date } = birthDate;
  const { first, last } = date.length === 4 ? { first: `${date}-01-01`, last: `${date}-12-31` } : daysOf(date);
  const [year, rest] = [Number(day.slice(0, 4)), day.slice(4)];
  const eighteenYearsBefore = `${String(year - 18).padStart(4, '0')}${rest}`;
  if (first > eighteenYearsBefore) return true;
  return last <= eighteenYearsBefore ? false : undefined;
};

/** What became known of a person later; lists are added to what is known, single values replace it. */
export const particularsSchema = personSchema.partial();
export type Particulars = z.infer<typeof particularsSchema>;

export const withParticulars = (person: Person, added: Particulars): Person => {
  const merged: Person = { ...person, ...added, names: [...person.names, ...(added.names ?? [])] };
  const documents = [...(person.documents ?? []), ...(added.documents ?? [])];
  const relatives = [...(person.relatives ?? []), ...(added.relatives ?? [])];
  return { ...merged, ...(documents.length > 0 && { documents }), ...(relatives.length > 0 && { relatives }) };
};
