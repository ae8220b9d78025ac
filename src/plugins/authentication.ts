import type { FastifyRequest, onRequestHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import type { Role } from '../../domain/kernel/roles.ts';
import type { Account } from '../auth/account.ts';
import { TokenRefused, type TokenVerifier } from '../auth/tokens.ts';
import { Problem } from '../http/problem.ts';
import { createAttempts, type Limit } from './attempts.ts';

/** Who may use a route, whatever the record. Every route says one of the two; see `checkRules`. */
type RouteRule = { readonly roles?: readonly Role[]; readonly public?: true };

declare module 'fastify' {
  interface FastifyContextConfig extends RouteRule {}
  interface FastifyRequest {
    /** Undefined on public routes. */
    account: Account | undefined;
  }
}

export interface AuthenticationOptions {
  readonly tokens: TokenVerifier;
  /** How many tokens of one address may be wrong within a window; then none of it is looked at that was not verified before. */
  readonly wrongTokens?: Limit | undefined;
}

/** Above what a system sends whose token has expired, below what looking at them costs. */
export const FEW: Limit = { max: 600, windowMs: 60_000 };

/** Lets a request through to its route only with a good token of a role that may use it. */
export const authentication = fp<AuthenticationOptions>(
  async (app, { tokens, wrongTokens: limit = FEW }) => {
    app.decorateRequest('account', undefined);
    const wrongTokens = createAttempts(limit);

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
        const token = bearerToken(request);
        if (token instanceof Error) {
          done(token);
          return;
        }
        const known = tokens.atHand(token);
        if (known !== undefined) {
          admit(known);
          return;
        }
        // Before anything is done with it: of those who send many that are not good, none is looked at for a while.
        const wait = wrongTokens.take(request.ip);
        if (wait > 0) {
          done(tooManyWrong(wait));
          return;
        }
        tokens.verify(token).then(
          (account) => {
            wrongTokens.giveBack(request.ip);
            admit(account);
          },
          (error: unknown) => {
            if (!(error instanceof TokenRefused)) wrongTokens.giveBack(request.ip);
            done(error as Error);
          },
        );
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

/** The token of a request; an error where there is none. */
const bearerToken = ({ headers: { authorization } }: FastifyRequest): string | Error => {
  if (authorization === undefined) {
    return new Problem('unauthenticated', 'send a bearer token: `Authorization: Bearer <token>`', {
      headers: { 'www-authenticate': 'Bearer realm="handover-ledger"' },
    });
  }
  // As nearly everybody writes it; the pattern takes longer than all else that is done with a token that is known.
  if (authorization.startsWith(USUAL_PREFIX) && !authorization.includes(' ', USUAL_PREFIX.length)) {
    return authorization.slice(USUAL_PREFIX.length);
  }
  const token = /^Bearer +([^ ]+)$/i.exec(authorization)?.[1];
  return token ?? new TokenRefused('expected `Authorization: Bearer <token>`');
};

const tooManyWrong = (waitMs: number): Problem => {
  const seconds = Math.ceil(waitMs / 1000);
  return new Problem(
    'too-many-requests',
    `too many tokens from this address were not accepted; another one is looked at in ${seconds} s`,
    { headers: { 'retry-after': String(seconds) } },
  );
};

/** A route that forgot to say who may use it stops the start. */
const checkRules = (known: readonly { readonly segments: readonly string[]; readonly config: RouteRule }[]): void => {
  for (const { segments, config } of known) {
    if ((config.roles === undefined) === (config.public === undefined)) {
      throw new Error(`route ${segments.join('/')} must say in its config either \`roles\` or \`public: true\``);
    }
  }
};
