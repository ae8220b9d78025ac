import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import type { Role } from '../../domain/kernel/roles.ts';
import type { Account } from '../auth/account.ts';
import { TokenRefused, type TokenVerifier } from '../auth/tokens.ts';
import { Problem } from '../http/problem.ts';

/** Who may use a route, whatever the record. Every route says one of the two; see `checkRules`. */
type RouteRule = { readonly roles?: readonly Role[]; readonly public?: true };

declare module 'fastify' {
  interface FastifyContextConfig extends RouteRule {}
  interface FastifyRequest {
    /** Undefined on public routes. */
    account: Account | undefined;
  }
}

/** Lets a request through to its route only with a good token of a role that may use it. */
export const authentication = fp<{ readonly tokens: TokenVerifier }>(
  async (app, { tokens }) => {
    app.decorateRequest('account', undefined);

    const admitTo =
      (config: RouteRule): onRequestHookHandler =>
      (request, _reply, done) => {
        const { public: isPublic, roles = [] } = config;
        if (isPublic === true) {
          done();
          return;
        }
        const admit = (account: Account): void => {
          request.account = account;
          done(roles.includes(account.role) ? undefined : forbidden(account, roles));
        };
        try {
          const account = tokens.verify(bearerToken(request));
          if (account instanceof Promise) account.then(admit, done);
          else admit(account);
        } catch (error) {
          done(error as Error);
        }
      };

    // A hook for each route, so that its rule is at hand and not looked up for each request. Plugins may still add to the rule.
    app.addHook('onRoute', (route) => {
      route.config ??= {};
      route.onRequest = [admitTo(route.config), route.onRequest ?? []].flat();
    });

    app.addHook('onReady', async () => checkRules(app.knownRoutes));
  },
  { name: 'authentication', dependencies: ['routes'] },
);

/** The sender of a request on a route that is not public. */
export const accountOf = (request: FastifyRequest): Account => {
  if (request.account === undefined) throw new Error(`${request.routeOptions.url} is public and has no account`);
  return request.account;
};

const forbidden = ({ role }: Account, roles: readonly Role[]): Problem =>
  new Problem('forbidden', `this is not for the role ${role}; it is for: ${roles.join(', ')}`, {
    headers: { 'www-authenticate': 'Bearer realm="handover-ledger", error="insufficient_scope"' },
  });

const USUAL_PREFIX = 'Bearer ';

const bearerToken = ({ headers: { authorization } }: FastifyRequest): string => {
  if (authorization === undefined) {
    throw new Problem('unauthenticated', 'send a bearer token: `Authorization: Bearer <token>`', {
      headers: { 'www-authenticate': 'Bearer realm="handover-ledger"' },
    });
  }
  // As nearly everybody writes it; the pattern takes longer than all else that is done with a token that is known.
  if (authorization.startsWith(USUAL_PREFIX) && !authorization.includes(' ', USUAL_PREFIX.length)) {
    return authorization.slice(USUAL_PREFIX.length);
  }
  const token = /^Bearer +([^ ]+)$/i.exec(authorization)?.[1];
  if (token === undefined) throw new TokenRefused('expected `Authorization: Bearer <token>`');
  return token;
};

/** A route that forgot to say who may use it stops the start. */
const checkRules = (known: readonly { readonly segments: readonly string[]; readonly config: RouteRule }[]): void => {
  for (const { segments, config } of known) {
    if ((config.roles === undefined) === (config.public === undefined)) {
      throw new Error(`route ${segments.join('/')} must say in its config either \`roles\` or \`public: true\``);
    }
  }
};
