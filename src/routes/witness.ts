import type { FastifyPluginAsync } from 'fastify';
import { Problem } from '../http/problem.ts';
import type { Witness, WitnessAnswer } from '../transparency/witness.ts';

const PUBLIC = { config: { public: true }, schema: { hide: true } } as const;

/** A request is a checkpoint and at most 63 hashes. */
const BODY_LIMIT_BYTES = 64 * 1024;

const STATUSES: Readonly<Record<Exclude<WitnessAnswer['kind'], 'cosigned' | 'other-size'>, number>> = {
  malformed: 400,
  'not-signed': 403,
  'unknown-origin': 404,
  inconsistent: 422,
};

const TEXT = 'text/plain; charset=utf-8';

/** This ledger as the witness of other logs, whose requests carry their own proof (https://c2sp.org/tlog-witness). */
export const witnessRoutes: FastifyPluginAsync<{ readonly witness: Witness }> = async (app, { witness }) => {
  app.removeAllContentTypeParsers();
  // The protocol names no media type.
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) => {
    done(null, body);
  });

  app.post('/witness/add-checkpoint', PUBLIC, async (request, reply) => {
    const answer = await witness.addCheckpoint(typeof request.body === 'string' ? request.body : '');
    if (answer.kind === 'cosigned') return reply.type(TEXT).send(answer.lines);
    if (answer.kind === 'other-size') return reply.code(409).type('text/x.tlog.size').send(`${answer.size}\n`);
    return reply.code(STATUSES[answer.kind]).type(TEXT).send(`${answer.detail}\n`);
  });

  app.get('/witness/:originHash/checkpoint', PUBLIC, async (request, reply) => {
    const { originHash } = request.params as { readonly originHash: string };
    const note = /^[0-9a-f]{64}$/.test(originHash) ? await witness.latest(originHash) : undefined;
    if (note === undefined) throw new Problem('not-found', 'no checkpoint of such a log was cosigned here');
    return reply.type(TEXT).header('cache-control', 'public, max-age=2').send(note);
  });
};
