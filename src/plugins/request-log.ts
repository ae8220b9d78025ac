import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { LoggerOptions } from 'pino';

/**
 * How the service logs. No line holds a person's data: requests appear by their route and never by their address, body or
 * headers, errors by their name and stack. (Redaction by wildcards would take longer than all else of a line.)
 */
export const loggerOptions = (level: string): LoggerOptions => ({
  level,
  serializers: { req: requestAsLogged, request: requestAsLogged, err: errorAsLogged, error: errorAsLogged },
  redact: { paths: ['headers', 'body', 'authorization'], remove: true },
});

/** One line for each answer. */
export const requestLog = fp(
  async (app) => {
    app.addHook('onResponse', (request, reply, done) => {
      const { account } = request;
      const ms = Math.round(reply.elapsedTime * 10) / 10;
      const by = { role: account?.role, office: account?.recorder.office };
      request.log.info({ reqId: request.id, req: request, status: reply.statusCode, ms, ...by }, 'answered');
      done();
    });
  },
  { name: 'request-log', dependencies: ['authentication'] },
);

const requestAsLogged = ({ method, routeOptions }: Partial<FastifyRequest>) => ({ method, route: routeOptions?.url });

/** Without the other fields that errors carry: a parser may put there what it read. */
const errorAsLogged = (error: unknown) =>
  error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: typeof error };
