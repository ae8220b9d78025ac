import underPressure from '@fastify/under-pressure';
import fp from 'fastify-plugin';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers even when the service has too much to do. */
    readonly pressureHandler?: () => void;
  }
}

/** Mean delay of the event loop over a second; beyond it a request waits longer in the queue than it is worth. */
export const MAX_EVENT_LOOP_DELAY_MS = 1_000;

/** Turns requests away while the event loop cannot keep up, rather than letting all of them time out. */
export const pressure = fp<{ readonly maxEventLoopDelayMs: number }>(
  async (app, { maxEventLoopDelayMs }) => {
    await app.register(underPressure, { maxEventLoopDelay: maxEventLoopDelayMs, sampleInterval: 1_000 });
  },
  { name: 'pressure' },
);
