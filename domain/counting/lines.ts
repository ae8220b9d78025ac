import { type Agreement, agreementOf } from '../case/handover-lines.ts';
import type { HandoverLine } from '../case/state.ts';
import { handoverDays, otherYearOf, yearOf } from '../kernel/handover-date.ts';
import { type Direction, otherSide, type Side, sidesOfDirection } from '../kernel/sides.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import type { CountedCase } from './counted-case.ts';

/** What one person's line in one handover contributes to a count of persons and of incidents. */
export interface CountedLine {
  readonly caseId: string;
  /** The event that hands the person over. */
  readonly eventId: string;
  /** The date in the minutes; a month or an interval where no more is known. */
  readonly handoverDate: string;
  /** The year of the minutes; undefined where the date leaves it open, so that it is counted in no year. */
  readonly year: number | undefined;
  readonly direction: Direction;
  readonly kind: CaseKind;
  readonly pass: string | undefined;
  /** Groups the persons of one affair; a case that names none is an affair of its own. */
  readonly incident: string;
  /** The year into which the book of one side can put it, where that is another than the year of the minutes. */
  readonly otherYear: number | undefined;
  /** Whether the delivering, and the receiving side says so. */
  readonly delivered: boolean;
  readonly received: boolean;
  readonly agreement: Agreement;
  /** What the two sides have otherwise. */
  readonly differsIn: readonly string[];
}

/** The lines of one case: each of its handovers. After an escape a person can be handed over again, and counts again. */
export const linesOf = (caseId: string, state: CountedCase): readonly CountedLine[] =>
  state.handovers.map(({ eventId, handoverDate, occurredAt, pass, statedBy, otherWord }) => ({
    caseId,
    eventId,
    handoverDate,
    year: yearOf(handoverDate),
    direction: state.direction,
    kind: state.kind,
    pass,
    incident: state.incident ?? caseId,
    otherYear: otherYearOf(handoverDate, occurredAt),
    ...wordsOf(state.direction, statedBy, otherWord),
  }));

/** Whoever denies that the person was handed over, does not say so. */
const wordsOf = (direction: Direction, statedBy: Side, otherWord: HandoverLine['otherWord']) => {
  const said = { [statedBy]: true, [otherSide(statedBy)]: otherWord?.differsIn.includes('person') === false };
  const [delivering, receiving] = sidesOfDirection(direction);
  return {
    delivered: said[delivering] === true,
    received: said[receiving] === true,
    agreement: agreementOf({ otherWord }),
    differsIn: otherWord?.differsIn ?? [],
  };
};

/**
 * The lines of cases that were merged, each handover once: two cases of one person that were closed by one handover both
 * have a line of it, and count once. Lines are of one handover if they have the same direction and date, or if the one date,
 * known only roughly, can be the other; each line of a case is matched with one line of another at most. The line of the case
 * that is named first stays, unless the other is more exact.
 */
export const distinctLines = (linesOfCases: readonly (readonly CountedLine[])[]): readonly CountedLine[] => {
  let counted: readonly CountedLine[] = [];
  for (const lines of linesOfCases) {
    const unmatched = new Set(counted);
    const moreExact = new Map<CountedLine, CountedLine>();
    let left = lines;
    for (const isSame of [haveSameDate, canHaveSameDate]) {
      left = left.filter((line) => {
        const same = unmatched.values().find((other) => other.direction === line.direction && isSame(other, line));
        if (same === undefined) return true;
        unmatched.delete(same);
        if (isWithin(line, same)) moreExact.set(same, line);
        return false;
      });
    }
    counted = [...counted.map((line) => moreExact.get(line) ?? line), ...left];
  }
  return counted;
};

const haveSameDate = (a: CountedLine, b: CountedLine): boolean => a.handoverDate === b.handoverDate;

const canHaveSameDate = (a: CountedLine, b: CountedLine): boolean => {
  const [one, other] = [handoverDays(a.handoverDate), handoverDays(b.handoverDate)];
  return one.first <= other.last && other.first <= one.last;
};

/** Whether the days of a line are some of the days of another, but not all of them. */
const isWithin = (line: CountedLine, other: CountedLine): boolean => {
  const [inner, outer] = [handoverDays(line.handoverDate), handoverDays(other.handoverDate)];
  const differ = inner.first !== outer.first || inner.last !== outer.last;
  return differ && inner.first >= outer.first && inner.last <= outer.last;
};
