import type { MessagePort } from 'node:worker_threads';
import { Pace } from './pace.ts';

/** What a thread that follows a log is told while it runs: that somebody waits for what was just appended, or that it is to end. */
export type Order = 'hurry' | 'stop';

/** Heeds the orders that come through a port: `signal` ends the work, `pace` lets it rest. */
export const takeOrders = (port: MessagePort): { readonly signal: AbortSignal; readonly pace: Pace } => {
  const stopping = new AbortController();
  const pace = new Pace();
  port.on('message', (order: Order) => {
    if (order === 'stop') stopping.abort();
    pace.hurry();
  });
  return { signal: stopping.signal, pace };
};
