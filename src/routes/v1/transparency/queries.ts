import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import { ROLES } from '../../../../domain/kernel/roles.ts';
import { streamOf } from '../../../../domain/kernel/stream-kind.ts';
import { REGISTERS } from '../../../../domain/stream-kinds.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import type { HistoryQueries } from '../../../../projections/history/query.ts';
import type { RegisterQueries } from '../../../../projections/registers/query.ts';
import { Problem, retryLater } from '../../../http/problem.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { parseCheckpoint } from '../../../transparency/checkpoint.ts';
import { formatVerifierKey } from '../../../transparency/note.ts';
import { type EventProof, eventProofSchema, proveEvent } from '../../../transparency/proof-documents.ts';
import type { Transparency } from '../../../transparency/transparency.ts';
import { findCase } from '../cases/find.ts';
import { caseParamsSchema } from '../cases/schemas.ts';
import { namesOf } from '../registers/representation.ts';
import { idParamsSchema } from '../registers/schemas.ts';
import { revisionSchema, transparencySchema } from './schemas.ts';

export interface TransparencyQueryDependencies {
  readonly transparency: Transparency;
  /** Of who has read what. */
  readonly accessTransparency: Transparency;
  readonly cases: CaseQueries;
  readonly registers: RegisterQueries;
  readonly history: HistoryQueries;
}

/** How the transparency log stands, and proofs that single events are in it. */
export const transparencyRoutes: FastifyPluginAsyncZod<TransparencyQueryDependencies> = async (
  app,
  { transparency, accessTransparency, cases, registers, history },
) => {
  const { tree } = transparency;

  app.route({
    method: 'GET',
    url: '/transparency',
    config: { roles: ROLES },
    schema: {
      operationId: 'getTransparency',
      summary: 'How far the log is signed and countersigned, and whether it agrees with what was recorded',
      description: 'The log itself is public, at /tlog/ (c2sp.org/tlog-tiles).',
      tags: ['Transparency'],
      querystring: noQuerySchema,
      response: { 200: transparencySchema },
    },
    handler: async () => statusOf(transparency, accessTransparency) as never,
  });

  const proofOf = (category: string, id: string, revision: number): EventProof => {
    const [row] = history.ofRecord(category, id, { after: revision - 1, limit: 1 });
    if (row?.revision !== revision) throw new Problem('not-found', `there is no event of revision ${revision}`);
    const proof = proveEvent(tree, { ...row, stream: streamOf(row, id) });
    if (proof === undefined) {
      throw new Problem('not-yet-scanned', 'no checkpoint that is signed has this event yet', retryLater);
    }
    return proof;
  };

  app.route({
    method: 'GET',
    url: '/cases/:caseId/events/:revision/proof',
    config: { roles: SEEING_RECORDS },
    schema: {
      operationId: 'proveCaseEvent',
      summary: 'Proof that an event of a case is in the signed log',
      tags: ['Cases', 'Transparency'],
      params: caseParamsSchema.extend({ revision: revisionSchema }),
      querystring: noQuerySchema,
      response: { 200: eventProofSchema },
    },
    handler: async (request) => {
      const { caseId, revision } = request.params;
      findCase(cases, request, caseId);
      return proofOf(caseStreams.category, caseId, revision) as never;
    },
  });

  for (const kind of REGISTERS) {
    const { noun, plural, forEverybody } = kind.register;
    const { one, several, path } = namesOf(kind);
    app.route({
      method: 'GET',
      url: `${path}/:id/events/:revision/proof`,
      config: { roles: forEverybody === true ? ROLES : SEEING_RECORDS },
      schema: {
        operationId: `prove${one}Event`,
        summary: `Proof that an event of one of the ${plural} is in the signed log`,
        tags: [several, 'Transparency'],
        params: idParamsSchema(noun).extend({ revision: revisionSchema }),
        querystring: noQuerySchema,
        response: { 200: eventProofSchema },
      },
      handler: async (request) => {
        const { id, revision } = request.params as { readonly id: string; readonly revision: number };
        assertSeen(registers, request, kind.category, noun, id);
        return proofOf(kind.category, id, revision) as never;
      },
    });
  }
};

const assertSeen = (
  registers: RegisterQueries,
  request: FastifyRequest,
  category: string,
  noun: string,
  id: string,
): void => {
  if (registers.find(accountOf(request).recorder, category, id) !== undefined) return;
  throw new Problem('not-found', `there is no such ${noun}, or it was not shared with your office`);
};

const treeStatusOf = ({ tree, key, status }: Transparency) => {
  const { size, scrubbed, scrubbedAt } = tree.progress();
  const latest = tree.latestCheckpoint();
  return {
    key: formatVerifierKey(key),
    leaves: size,
    checkpoint: latest ? { leaves: latest.size, root: parseCheckpoint(latest.note).root.toString('base64') } : null,
    scrub: { leaves: scrubbed, lastRoundAt: scrubbedAt },
    findings: [...tree.findings()],
    failure: status().failure ?? null,
  };
};

const statusOf = (transparency: Transparency, access: Transparency): z.infer<typeof transparencySchema> => {
  const { tree, status } = transparency;
  const latest = tree.latestCheckpoint();
  const cosigned = new Map(tree.latestCosignatures().map((each) => [each.witness, each]));
  return {
    ...treeStatusOf(transparency),
    witnesses: status().witnesses.map(({ name, url, failure: why }) => {
      const last = cosigned.get(name);
      return {
        name,
        url,
        cosigned: last ? { leaves: last.size, at: last.cosignedAt } : null,
        behind: (latest?.size ?? 0) - (last?.size ?? 0),
        failure: why ?? null,
      };
    }),
    access: treeStatusOf(access),
  };
};
