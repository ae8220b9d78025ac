import fastifyRateLimit from '@fastify/rate-limit';
import fp from 'fastify-plugin';
import { Problem } from '../http/problem.ts';
import type { Limit } from './attempts.ts';

/** Requests of one account, or of one address without an account. Above what officers' systems send, below what would keep the others from being served. */
export const GENEROUS: Limit = { max: 60_000, windowMs: 60_000 };

/** Limits the requests of each account. Must come after authentication. */
export const rateLimit = fp<Limit>(
  async (app, { max, windowMs }) => {
    // Three headers on every answer cost more than the counting; they are sent where the limit is met.
    const addHeadersOnExceeding = {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    };
    await app.register(fastifyRateLimit, {
      max,
      timeWindow: windowMs,
      addHeadersOnExceeding,
      keyGenerator: (request) => request.account?.id ?? request.ip,
      errorResponseBuilder: (_request, { after }) =>
        new Problem('too-many-requests', `at most ${max} requests in ${windowMs / 1000} s; try again in ${after}`),
    });
  },
  { name: 'rate-limit', dependencies: ['authentication'] },
);
