import { birthDatesAgree } from './birth-date.ts';
import { likenessOf, type NameLikeness } from './name-likeness.ts';
import { isSameDocument } from './numbers.ts';
import type { Person } from './person.ts';

/** What speaks for one person or against it. */
export const MATCH_REASONS = [
  'same-document',
  'same-name',
  'similar-name',
  'birth-date-same',
  'birth-date-compatible',
  'birth-date-contradicts',
  'same-nationality',
  'nationality-differs',
  'sex-differs',
] as const;

export type MatchReasonCode = (typeof MATCH_REASONS)[number];

export interface MatchReason {
  readonly code: MatchReasonCode;
  /** What it is told by: as the one person's record writes it, and as the other's does. */
  readonly forms: readonly [string, string];
}

/**
 * Why two records may be of one person, and what speaks against it; none where nothing but chance brings them together. A document or a
 * name that is the same does; a name that is similar does where the birth dates are known and can be one.
 */
export const matchPersons = (a: Person, b: Person): readonly MatchReason[] => {
  const documents = pairs(a.documents ?? [], b.documents ?? [])
    .filter(([one, other]) => isSameDocument(one, other))
    .map(([one, other]) => reason('same-document', one.number, other.number));
  const names = nameReasons(a, b);
  const births = birthReasons(a, b);
  const isAlike =
    documents.length > 0 ||
    names.some(({ code }) => code === 'same-name') ||
    (names.length > 0 && births.some(({ code }) => code !== 'birth-date-contradicts'));
  return isAlike ? [...documents, ...names, ...births, ...otherReasons(a, b)] : [];
};

const reason = (code: MatchReasonCode, one: string, other: string): MatchReason => ({ code, forms: [one, other] });

const pairs = <T>(a: readonly T[], b: readonly T[]): readonly (readonly [T, T])[] =>
  a.flatMap((one) => b.map((other) => [one, other] as const));

/** Where a name is the same, those that are only similar tell nothing more. */
const nameReasons = (a: Person, b: Person): readonly MatchReason[] => {
  const alike = (likeness: NameLikeness) =>
    pairs(a.names, b.names)
      .filter(([one, other]) => likenessOf(one.text, other.text) === likeness)
      .map(([one, other]) => reason(`${likeness}-name`, one.text, other.text));
  const same = alike('same');
  return same.length > 0 ? same : alike('similar');
};

const birthReasons = ({ birthDate: a }: Person, { birthDate: b }: Person): readonly MatchReason[] =>
  a === undefined || b === undefined ? [] : [reason(`birth-date-${birthDatesAgree(a, b)}`, a.date, b.date)];

const otherReasons = (a: Person, b: Person): readonly MatchReason[] => {
  const [one, other] = [a.nationalityClaimed, b.nationalityClaimed];
  const reasons: MatchReason[] = [];
  if (one !== undefined && other !== undefined) {
    reasons.push(reason(one === other ? 'same-nationality' : 'nationality-differs', one, other));
  }
  const [sexA, sexB] = [a.sex, b.sex];
  if ((sexA === 1 && sexB === 2) || (sexA === 2 && sexB === 1)) {
    reasons.push(reason('sex-differs', String(sexA), String(sexB)));
  }
  return reasons;
};

/** Birth dates in the order in which they speak for one person; where one is not known it stands between. */
const BIRTH_ORDER: readonly (MatchReasonCode | undefined)[] = [
  'birth-date-same',
  'birth-date-compatible',
  undefined,
  'birth-date-contradicts',
];

/**
 * The order in which matches are shown, as a comparison: first those with a document in common, then those with the same name before a
 * similar one, then by the birth date (the same day, compatible, not known, contradicting), then what has least else against it. No
 * likelihood is worked out: what the reasons weigh is for people to judge.
 */
export const compareMatches = (a: readonly MatchReason[], b: readonly MatchReason[]): number => {
  const [left, right] = [rankOf(a), rankOf(b)];
  for (const [index, rank] of left.entries()) {
    const difference = rank - (right[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
};

const rankOf = (reasons: readonly MatchReason[]): readonly number[] => {
  const has = (code: MatchReasonCode): boolean => reasons.some((each) => each.code === code);
  const against = (['nationality-differs', 'sex-differs'] as const).filter(has).length;
  return [
    has('same-document') ? 0 : 1,
    has('same-name') ? 0 : 1,
    BIRTH_ORDER.indexOf(reasons.find((each) => each.code.startsWith('birth-date'))?.code),
    against,
  ];
};
