import { z } from 'zod';
import { openingsOf } from '../kernel/lifecycle.ts';
import type { Opening, OpenRecord } from '../kernel/record.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { refusalsOf, sayWhatIsExpected } from '../kernel/shape.ts';
import { daysOfOccurrence, type OccurredAt } from '../kernel/time.ts';
import { isUnder18, type Person, personSchema } from '../person/person.ts';
import { caseEvents } from './events.ts';
import { caseLifecycles } from './lifecycles/index.ts';
import { caseNoun } from './noun.ts';
import { particularsOfCaseSchema } from './particulars.ts';

const { caseNumbers, warrantNumber } = caseEvents.reported.sealed.shape;
const openingSealed = { person: personSchema, caseNumbers, warrantNumber };

/** What a case is opened with, as it is to be sent. */
export const openCaseSchema = z.strictObject({ ...particularsOfCaseSchema.shape, ...openingSealed });

/** The same as it is stored in the event that opens the case: open particulars under `case`, sealed ones beside it. */
export const openingFields = { case: particularsOfCaseSchema, ...openingSealed };

/** The event types with which a case of some kind begins. */
export const allOpeningTypes = [...new Set(Object.values(caseLifecycles).flatMap(openingsOf))];

/** Checks what a case is opened with. */
export const parseOpening = (command: OpenRecord): Result<Opening, readonly Refusal[]> => {
  const parsed = openCaseSchema.safeParse(command.particulars, { error: sayWhatIsExpected });
  if (!parsed.success) return fail(refusalsOf(parsed.error, ''));
  const { person, caseNumbers, warrantNumber, ...open } = parsed.data;
  const contradiction = ageContradicted(open.minor, person, command.occurredAt);
  if (contradiction !== undefined) return fail([contradiction]);
  return ok({
    noun: caseNoun(open.kind),
    types: openingsOf(caseLifecycles[open.kind]),
    data: { case: open, person, ...(caseNumbers && { caseNumbers }), ...(warrantNumber && { warrantNumber }) },
  });
};

/** Rules ask whether the person is a minor, without their birth date, which is sealed; here the two are seen side by side. */
const ageContradicted = (minor: boolean, person: Person, occurredAt: OccurredAt): Refusal | undefined => {
  const { first, last } = daysOfOccurrence(occurredAt);
  const ages = [isUnder18(person, first), isUnder18(person, last)];
  if (ages.some((isMinor) => isMinor === undefined || isMinor === minor)) return undefined;
  return {
    code: 'invalid',
    message: `expected ${!minor}: the birth date makes the person ${minor ? '18 or older' : 'younger than 18'} at ${occurredAt}`,
    pointer: '/minor',
  };
};
