import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { SECURITY_HEADERS } from '../http/security-headers.ts';

/** Headers of every answer; a route may replace them. `X-Request-Id` is what the log and `instance` of a problem name it by. */
export const headers = fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      withHeaders(request, reply);
      done();
    });
  },
  { name: 'headers' },
);

/** Also of what fastify answers before it comes to a hook. */
export const withHeaders = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
