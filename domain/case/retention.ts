import { daysOfOccurrence, type PlainDate } from '../kernel/time.ts';
import { retentionRuleOn } from '../reference/retention-rules.ts';
import type { CaseState } from './state.ts';

/** Where a case has come to its end. */
const ENDED: readonly string[] = ['closed', 'merged', 'continued-as-another-case', 'annulled'];

/**
 * The day from which on who the person of a case is, is due for erasure; undefined while the case goes on or is under a legal hold, when the
 * person was erased already, or where no rule is known.
 */
export const dueForErasureFrom = ({
  kind,
  standing,
  since,
  legalHolds,
  expunged,
}: Pick<CaseState, 'kind' | 'standing' | 'since' | 'legalHolds' | 'expunged'>): PlainDate | undefined => {
  if (!ENDED.includes(standing.state) || legalHolds.length > 0 || expunged === true) return undefined;
  const { last } = daysOfOccurrence(since);
  const rule = retentionRuleOn(kind, last);
  return rule && yearsLater(last, rule.years);
};

/** The same day so many years later; of a 29 February that is not there, the next one. */
const yearsLater = (date: PlainDate, years: number): PlainDate => {
  const [year = '', rest] = [date.slice(0, 4), date.slice(4)];
  const later = String(Number(year) + years).padStart(4, '0');
  const isThere = new Date(`${later}${rest}T00:00:00Z`).toISOString().startsWith(`${later}${rest}`);
  return isThere ? `${later}${rest}` : `${later}-03-01`;
};
