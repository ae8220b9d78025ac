import type { Instant } from '../domain/kernel/time.ts';

/** What was known then: up to a position in the log, or up to an instant. Left out: what is known now. */
export type AsOf = { readonly position: string } | { readonly instant: Instant };
