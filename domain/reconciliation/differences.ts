import type { Side } from '../kernel/sides.ts';
import { arePersonsUnlike, birthDatesOf, haveSameName } from './evidence.ts';
import type { OwnHandover, TheirLine } from './lines.ts';
import type { ComparedField, Explanation } from './results.ts';
import { inPeriod, type Scope } from './scope.ts';
import { areClocksApart, daysApart, haveSameMinutes, type Told } from './told.ts';

/** In what the two books have one handover otherwise; of what one does not tell nothing differs. */
export const differencesOf = (theirs: Told, ours: Told): readonly ComparedField[] => {
  const person = arePersonsUnlike(theirs, ours);
  const differs: Readonly<Record<ComparedField, boolean>> = {
    minutes: haveSameMinutes(theirs, ours) === false,
    date: daysApart(theirs, ours) > 0,
    pass: theirs.pass !== undefined && theirs.pass !== ours.pass,
    direction: theirs.direction !== ours.direction,
    kind: theirs.kind !== ours.kind,
    // Of another person nothing more is said.
    name: !person && haveNamesInOneScript(theirs, ours) && !haveSameName(theirs, ours),
    'birth-date': !person && birthDatesOf(theirs, ours) === 'contradicts',
    person,
  };
  return (Object.keys(differs) as readonly ComparedField[]).filter((field) => differs[field]);
};

const isHan = ({ text }: Told['names'][number]): boolean => /\p{Script=Han}/u.test(text);

/** A name in Latin letters does not contradict one in Hanzi. */
const haveNamesInOneScript = (a: Told, b: Told): boolean =>
  a.names.some((name) => b.names.some((other) => isHan(other) === isHan(name)));

/** What explains that two dates differ, or that they, or the only one that there is, are not of the period. */
export const explanationsOf = (
  scope: Scope,
  theirs: Pick<TheirLine, 'date'>,
  ours: Pick<OwnHandover, 'date'> | undefined,
): readonly Explanation[] => {
  const places = [theirs, ...(ours === undefined ? [] : [ours])].map(({ date }) => inPeriod(scope, date));
  return [
    ...(places.includes('outside') ? ['outside-period' as const] : []),
    ...(places.includes('open') ? ['date-open' as const] : []),
  ];
};

/** What of it the clocks of the two sides explain. */
export const byTheClocks = (theirs: Told, ours: Told, theirSide: Side): readonly Explanation[] => {
  if (!areClocksApart(theirs, ours, theirSide)) return [];
  return [isNewYear(Math.max(theirs.first, ours.first)) ? 'new-year' : 'midnight'];
};

const DAY_MS = 86_400_000;

const isNewYear = (day: number): boolean => new Date(day * DAY_MS).toISOString().slice(5, 10) === '01-01';
