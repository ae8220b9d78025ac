import type { FastifyPluginAsync } from 'fastify';
import type { Registry } from 'prom-client';

/**
 * Why the service cannot do its work now: a view that is behind, a projection that stopped, a log that is away. Empty where it can.
 */
export type Readiness = () => Promise<readonly string[]>;

export interface OperationsDependencies {
  readonly readiness: Readiness;
  readonly registry: Registry;
}

/** What those who run the service ask it. Answered even under pressure: that is when it is asked. */
const OPERATIONS = { public: true, rateLimit: false, pressureHandler: () => {} } as const;

export const operationsRoutes: FastifyPluginAsync<OperationsDependencies> = async (app, { readiness, registry }) => {
  app.get('/livez', { config: OPERATIONS, schema: { hide: true } }, () => ({ alive: true }));

  app.get('/readyz', { config: OPERATIONS, schema: { hide: true } }, async (_request, reply) => {
    const reasons = [...(app.isUnderPressure() ? ['the event loop cannot keep up'] : []), ...(await readiness())];
    const ready = reasons.length === 0;
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return { ready, reasons };
  });

  app.get('/metrics', { config: OPERATIONS, schema: { hide: true } }, async (_request, reply) => {
    reply.type(registry.contentType);
    return registry.metrics();
  });
};
