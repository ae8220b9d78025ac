import fp from 'fastify-plugin';

const LOOK_AGAIN_AFTER_MS = 100;

/**
 * While the service closes, a connection ends with the answer that is under way on it. Node ends only those that are idle when
 * the closing begins, and would wait for the others until their keep-alive runs out.
 */
export const closing = fp(
  async (app) => {
    app.addHook('preClose', async () => {
      if (!app.server.listening) return;
      const timer = setInterval(() => app.server.closeIdleConnections(), LOOK_AGAIN_AFTER_MS);
      app.server.once('close', () => clearInterval(timer));
    });
  },
  { name: 'closing' },
);
