import { fail, ok, type Result } from '../kernel/result.ts';
import { type Days, describeValidity, isValidDuring, type Validity, validityOf } from './validity.ts';

/** BCP 47 tags of the languages in which reference data are labelled. */
export const LANGUAGES = ['en', 'zh-Hans', 'vi'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Labels = Readonly<Record<Language, string>>;

/** What every entry of every reference list has. A code is given once and never means anything else afterwards. */
export interface ReferenceEntry extends Validity {
  readonly code: string;
  readonly labels: Labels;
  /** False where the entry, or a part of it, was written from memory and nobody has checked it against its source yet. */
  readonly verified: boolean;
}

/** Why a code may not be used: there is none such, or it does not hold on the days in question. */
export type ReferenceFault =
  | { readonly reason: 'unknown'; readonly code: string; readonly message: string }
  | ({ readonly reason: 'not-valid'; readonly code: string; readonly message: string } & Validity);

/** The fault of a code that has no entry; `noun` names the kind of thing, as in "border pass". */
const unknownCode = (noun: string, code: string): ReferenceFault => ({
  reason: 'unknown',
  code,
  message: `there is no ${noun} with the code ${code}`,
});

/** The fault of a code that holds on none of the days; `subject` is what does not hold. */
const notValid = (subject: string, code: string, validity: Validity, days: Days): ReferenceFault => ({
  reason: 'not-valid',
  code,
  message: `${subject} is valid ${describeValidity(validity)}, not ${describeDays(days)}`,
  ...validityOf(validity),
});

/** The entry of a code, if it holds on at least one of the days. */
export const entryDuring = <Entry extends ReferenceEntry>(
  noun: string,
  entries: readonly Entry[],
  code: string,
  days: Days,
): Result<Entry, ReferenceFault> => {
  const entry = entries.find((each) => each.code === code);
  if (entry === undefined) return fail(unknownCode(noun, code));
  return isValidDuring(entry, days) ? ok(entry) : fail(notValid(`${noun} ${code}`, code, entry, days));
};

const describeDays = ({ first, last }: Days): string =>
  first === last ? `on ${first}` : `between ${first} and ${last}`;
