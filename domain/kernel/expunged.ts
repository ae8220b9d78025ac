import type { z } from 'zod';
import { idOf, oneOf } from './codes.ts';
import { eventShape } from './event-shapes.ts';
import type { Effect, RegisterEvent } from './register-table.ts';

/** By which the ledger says in a record that something of it was erased by an order, which stands in a record of its own. */
export const EXPUNGED = 'expunged';

/** That event of a register, of which these parts can be erased. What is recorded after it is sealed under another key than what goes. */
export const expungedOf = (
  parts: readonly string[],
  more: z.ZodRawShape = {},
  effect: Effect = 'none',
): RegisterEvent => ({ shape: eventShape({ erasure: idOf('an erasure'), part: oneOf(parts), ...more }, {}), effect });

/** Neither is it annulled nor corrected. */
export const EXPUNGED_STANDS = 'what was erased is gone, and nobody can restore it';
