import type { Lag } from '../../src/projecting/lag.ts';

/** Of what stands at the end of the log, whatever position that is. */
export const NO_LAG: Lag = { seconds: () => 0 };
