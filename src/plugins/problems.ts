import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { ViewsUnreadable } from '../../projections/query-database.ts';
import { IssuerUnavailable, TokenRefused } from '../auth/tokens.ts';
import { EventTooLarge, LogClosed, LogOverloaded, LogUnavailable } from '../event-log/port.ts';
import { acceptedLanguage } from '../http/language.ts';
import { PROBLEM_MEDIA_TYPE, Problem, type ProblemCode, problemJson, retryLater } from '../http/problem.ts';
import { isValidationFailure, problemOfValidation } from '../http/validation.ts';
import { allowedMethods } from './routes.ts';

/** Answers everything that goes wrong as a problem (RFC 9457). Of what went wrong inside, only the log learns. */
export const problems = fp(
  async (app) => {
    app.setErrorHandler(answerProblem);
    // An address that is not there, or not by this method, is told before the body is looked at.
    app.addHook('onRequest', async (request) => {
      if (request.is404) notFound(app, request);
    });
    app.setNotFoundHandler((request) => notFound(app, request));
  },
  { name: 'problems', dependencies: ['routes'] },
);

const notFound = (app: FastifyInstance, request: FastifyRequest): never => {
  const allowed = allowedMethods(app, request.url);
  if (allowed.length === 0) {
    throw new Problem('not-found', `there is nothing at ${pathOf(request)}; /openapi.json lists all addresses`);
  }
  throw new Problem('method-not-allowed', `${request.method} is not known here; known are: ${allowed.join(', ')}`, {
    headers: { allow: allowed.join(', ') },
  });
};

const JSON_TYPE = 'application/json';

/** What the service says while it works as it should. */
const NOT_NOW: ReadonlySet<string> = new Set<ProblemCode>(['overloaded', 'contended', 'not-yet-scanned']);

/** The error handler; also for what fastify meets before it knows the route. */
export const answerProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const problem = problemOf(error, request);
  if (NOT_NOW.has(problem.code)) request.log.warn({ reqId: request.id }, problem.message);
  else if (problem.status >= 500) request.log.error({ reqId: request.id, err: error }, problem.code);
  const body = problemJson(problem, request.id, acceptedLanguage(request));
  reply.code(problem.status).headers(problem.headers).type(PROBLEM_MEDIA_TYPE).send(body);
};

const problemOf = (error: unknown, request: FastifyRequest): Problem => {
  if (error instanceof Problem) return error;
  if (isValidationFailure(error)) return problemOfValidation(error);
  return (
    problemOfAuthentication(error) ??
    problemOfLog(error) ??
    problemOfViews(error) ??
    problemOfFramework(error, request) ??
    INTERNAL
  );
};

const INTERNAL = new Problem('internal', 'the fault is not in the request; the log of the service says more');

/** RFC 6750, section 3: the challenge says why, in ASCII without quotes. */
const problemOfAuthentication = (error: unknown): Problem | undefined => {
  if (error instanceof TokenRefused) {
    const description = error.message.replace(/[^\x20-\x7e]|["\\]/g, "'");
    const challenge = `Bearer realm="handover-ledger", error="invalid_token", error_description="${description}"`;
    return new Problem('unauthenticated', `the bearer token is not accepted: ${error.message}`, {
      headers: { 'www-authenticate': challenge },
    });
  }
  return error instanceof IssuerUnavailable
    ? new Problem('unavailable', `${error.message}, so the token cannot be checked; try again`, retryLater)
    : undefined;
};

const OUTCOME_UNKNOWN = new Problem(
  'unavailable',
  'the event log does not answer; a request that writes may have been carried out or not: send it again with the same Idempotency-Key',
  retryLater,
);

const problemOfLog = (error: unknown): Problem | undefined => {
  if (error instanceof LogUnavailable || error instanceof LogClosed) return OUTCOME_UNKNOWN;
  if (error instanceof LogOverloaded) {
    return new Problem('overloaded', 'too much waits for the event log; nothing was written, try again', retryLater);
  }
  return error instanceof EventTooLarge ? new Problem('too-large', error.message) : undefined;
};

const problemOfViews = (error: unknown): Problem | undefined =>
  error instanceof ViewsUnreadable
    ? new Problem(
        'unavailable',
        'the views cannot be read now; /readyz says why, and what was recorded is safe in the log',
        retryLater,
      )
    : undefined;

/** Fastify's own errors and those of its plugins, by their codes (https://fastify.dev/docs/latest/Reference/Errors/). */
const problemOfFramework = (error: unknown, request: FastifyRequest): Problem | undefined => {
  const { code, statusCode = 500, message } = error as Partial<FastifyError>;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new Problem('too-large', `the body has more than ${request.routeOptions.bodyLimit} bytes`);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return unsupportedMediaType(request);
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Problem('malformed-json', 'the body is empty; expected a JSON object');
    default:
      if (statusCode < 400 || statusCode >= 500) return undefined;
      return new Problem('malformed-request', `${STATUS_CODES[statusCode]}: ${message}`);
  }
};

const unsupportedMediaType = ({ routeOptions }: FastifyRequest): Problem => {
  const types = Object.keys(routeOptions.config.bodies ?? { [JSON_TYPE]: true }).join(' or ');
  return new Problem('unsupported-media-type', `send the body as ${types}`, {
    faults: [{ in: 'header', name: 'Content-Type', detail: `expected ${types}` }],
  });
};

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] as string;
