import type { CaseKind } from '../case/kinds.ts';
import { isNewYearCase, yearOf } from '../kernel/handover-date.ts';
import type { Direction } from '../reference/sides.ts';
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
  /** Whether the two sides' books can put it into different years. */
  readonly newYearCase: boolean;
}

/** The lines of one case: each of its handovers. After an escape a person can be handed over again, and counts again. */
export const linesOf = (caseId: string, state: CountedCase): readonly CountedLine[] =>
  state.handovers.map(({ eventId, handoverDate, occurredAt, pass }) => ({
    caseId,
    eventId,
    handoverDate,
    year: yearOf(handoverDate),
    direction: state.direction,
    kind: state.kind,
    pass,
    incident: state.incident ?? caseId,
    newYearCase: isNewYearCase(handoverDate, occurredAt),
  }));

/**
 * The lines of cases that were merged, each handover once: two cases of one person that were closed by one handover both
 * have a line of its date and direction, and count once. The line of the case that is named first stays.
 */
export const distinctLines = (linesOfCases: readonly (readonly CountedLine[])[]): readonly CountedLine[] => {
  const counted: CountedLine[] = [];
  for (const lines of linesOfCases) {
    const before = new Set(counted.map(handoverKey));
    counted.push(...lines.filter((line) => !before.has(handoverKey(line))));
  }
  return counted;
};

const handoverKey = ({ handoverDate, direction }: CountedLine): string => `${handoverDate} ${direction}`;
