import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { deriveUuid } from '../derived-id.ts';
import { invalidParameter } from '../http/problem.ts';
import { accountOf } from './authentication.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False for a POST that writes nothing and needs no `Idempotency-Key`. */
    readonly writes?: false;
  }
  interface FastifyRequest {
    /** Empty on routes that write nothing. */
    idempotencyKey: string;
  }
}

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * Every POST that writes carries an `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), so that it can be sent again
 * when its answer was lost. Looked at before the body is read.
 */
export const idempotency = fp(
  async (app) => {
    app.decorateRequest('idempotencyKey', '');
    app.addHook('onRoute', (route) => {
      if (route.method !== 'POST' || route.config?.writes === false) return;
      route.onRequest = [route.onRequest ?? [], takeKey].flat();
    });
  },
  { name: 'idempotency', dependencies: ['authentication'] },
);

const takeKey = (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && KEY.test(key)) {
    request.idempotencyKey = key;
    done();
    return;
  }
  done(
    invalidParameter(
      'header',
      'Idempotency-Key',
      'expected 1 to 200 visible ASCII characters that name this request, such as a UUID; the same again when it is repeated',
    ),
  );
};

/** The id of the command that a request sends about a resource: the same on every node, however often it is sent. */
export const commandIdOf = (request: FastifyRequest, resource: string): string => {
  const { method, routeOptions, idempotencyKey } = request;
  return deriveUuid('command', accountOf(request).id, `${method} ${routeOptions.url}`, resource, idempotencyKey);
};
