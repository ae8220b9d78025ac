import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';
import { Problem, retryLater } from '../http/problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers even when the service has too much to do. */
    readonly pressureHandler?: () => void;
  }
}

/** Mean delay of the event loop over a second; beyond it a request waits longer in the queue than it is worth. */
export const MAX_EVENT_LOOP_DELAY_MS = 1_000;

const SAMPLE_MS = 1_000;

/**
 * Turns requests away while the event loop cannot keep up, rather than letting all of them time out. Samples that reach back into
 * the start tell of its work, and not of load: they turn nobody away.
 */
export const pressure = fp<{ readonly maxEventLoopDelayMs: number }>(
  async (app, { maxEventLoopDelayMs }) => {
    let hasStarted = false;
    app.addHook('onListen', async () => {
      setTimeout(() => {
        hasStarted = true;
      }, 2 * SAMPLE_MS).unref();
    });
    await app.register(underPressure, {
      maxEventLoopDelay: maxEventLoopDelayMs,
      sampleInterval: SAMPLE_MS,
      pressureHandler: async () => {
        if (hasStarted) throw new Problem('overloaded', 'the service has too much to do now; try again', retryLater);
      },
    });
  },
  { name: 'pressure' },
);
