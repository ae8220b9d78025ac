import { randomUUID } from 'node:crypto';
import accepts from '@fastify/accepts';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import type { Registry } from 'prom-client';
import type { TokenVerifier } from './auth/tokens.ts';
import { answerClientError } from './http/client-error.ts';
import { validatorCompiler } from './http/validation.ts';
import type { Limit } from './plugins/attempts.ts';
import { authentication } from './plugins/authentication.ts';
import { closing } from './plugins/closing.ts';
import { commandsUnderWay, MOST_COMMANDS_UNDER_WAY } from './plugins/commands-under-way.ts';
import { docs } from './plugins/docs.ts';
import { headers, withHeaders } from './plugins/headers.ts';
import { BODY_LIMIT_BYTES, jsonBody } from './plugins/json-body.ts';
import { metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { overdueDeadlines } from './plugins/overdue-deadlines.ts';
import { MAX_EVENT_LOOP_DELAY_MS, pressure } from './plugins/pressure.ts';
import { answerProblem, problems } from './plugins/problems.ts';
import { GENEROUS, rateLimit } from './plugins/rate-limit.ts';
import { requestLog } from './plugins/request-log.ts';
import { routes } from './plugins/routes.ts';
import { operationsRoutes, type Readiness } from './routes/operations.ts';
import { tlogRoutes } from './routes/tlog.ts';
import { version1Components } from './routes/v1/components.ts';
import { type Version1Dependencies, version1 } from './routes/v1/index.ts';
import { witnessRoutes } from './routes/witness.ts';
import type { Witness } from './transparency/witness.ts';

export interface AppDependencies extends Version1Dependencies {
  readonly tokens: TokenVerifier;
  readonly readiness: Readiness;
  /** Undefined where this ledger witnesses no other. */
  readonly witness: Witness | undefined;
  /** Holds what else is measured, such as how far the projections are behind. */
  readonly registry: Registry;
}

export interface AppOptions {
  /** Made with `loggerOptions`; left out: nothing is logged. */
  readonly logger?: FastifyBaseLogger | undefined;
  readonly rateLimit?: Limit;
  /** Of one address; beyond it none of its tokens is looked at that was not verified before. */
  readonly wrongTokens?: Limit;
  /** Addresses of the proxies in front, whose word is taken for who sends a request. */
  readonly trustedProxies?: readonly string[];
  /** To receive a whole request; looked at as often. */
  readonly requestTimeoutMs?: number;
  /** Beyond it requests are turned away; see `pressure`. */
  readonly maxEventLoopDelayMs?: number;
  /** Beyond so many that are under way requests that write are turned away; see `commandsUnderWay`. */
  readonly mostCommandsUnderWay?: number;
}

type CompilersFactory = NonNullable<NonNullable<FastifyServerOptions['schemaController']>['compilersFactory']>;
type ValidatorFactory = NonNullable<CompilersFactory['buildValidator']>;

/** To receive a whole request. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than that of usual proxies in front, so that it is they who end an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000;

const REQUEST_ID = /^[\w-]{8,64}$/;

/** The HTTP side of the service: plugins and routes. Listening and closing are its caller's. */
export const buildApp = (
  { tokens, readiness, registry, witness, ...dependencies }: AppDependencies,
  options: AppOptions = {},
): FastifyInstance => {
  const requestTimeout = options.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const app = fastify({
    ...(options.logger && { loggerInstance: options.logger }),
    logController: new LogController({ disableRequestLogging: true }),
    schemaController: {
      compilersFactory: {
        // Its type knows no schemas but those of ajv.
        buildValidator: (() => validatorCompiler) as unknown as ValidatorFactory,
        // Answers are made by typed functions and mostly sent as text; the tests hold each of them to its schema.
        buildSerializer: () => () => JSON.stringify,
      },
    },
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout,
    // Of the two Node takes the longer one for the whole request, whichever it is.
    http: { headersTimeout: requestTimeout, connectionsCheckingInterval: requestTimeout },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // While the service closes, no connection is taken any more; what still comes on one that is open is answered.
    return503OnClosing: false,
    // Lines about a request name its id themselves; a logger of its own for each would cost more than the line.
    childLoggerFactory: (logger) => logger,
    frameworkErrors: (error, request, reply) => answerProblem(error, request, withHeaders(request, reply)),
    ...(options.trustedProxies?.length && { trustProxy: [...options.trustedProxies] }),
    clientErrorHandler: answerClientError,
    genReqId: ({ headers: { 'x-request-id': given } }) =>
      typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID(),
  });

  app.register(routes);
  app.register(closing);
  app.register(headers);
  app.register(metrics, { registry });
  app.register(overdueDeadlines, { registry, ...dependencies });
  app.register(pressure, { maxEventLoopDelayMs: options.maxEventLoopDelayMs ?? MAX_EVENT_LOOP_DELAY_MS });
  app.register(commandsUnderWay, { most: options.mostCommandsUnderWay ?? MOST_COMMANDS_UNDER_WAY });
  app.register(accepts);
  app.register(jsonBody);
  app.register(authentication, { tokens, wrongTokens: options.wrongTokens });
  app.register(rateLimit, options.rateLimit ?? GENEROUS);
  app.register(requestLog);
  app.register(problems);
  app.register(openapi, { components: version1Components });

  app.register(docs);
  app.register(operationsRoutes, { readiness, registry });
  app.register(tlogRoutes, dependencies);
  if (witness !== undefined) app.register(witnessRoutes, { witness });
  app.register(version1, { prefix: '/v1', ...dependencies });
  return app;
};
