import type { Instant } from '../domain/kernel/time.ts';
import type { Condition } from './conditions.ts';

/** What was known then: up to a position in the log, or up to an instant. Left out: what is known now. */
export type AsOf = { readonly position: string } | { readonly instant: Instant };

/** Contributions that held then; see contributions.ts. */
export const heldAt = (asOf: AsOf | undefined): Condition => {
  if (asOf === undefined) return ['to_position IS NULL'];
  return 'position' in asOf
    ? ['from_position <= ? AND (to_position IS NULL OR to_position > ?)', asOf.position, asOf.position]
    : ['from_known_at <= ? AND (to_known_at IS NULL OR to_known_at > ?)', asOf.instant, asOf.instant];
};
