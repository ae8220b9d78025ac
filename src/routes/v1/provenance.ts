import { Readable } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { HandoverQueries } from '../../../projections/handovers/query.ts';
import type { HistoryQueries } from '../../../projections/history/query.ts';
import type { ReportQueries } from '../../../projections/reports/query.ts';
import type { AsOf } from '../../../projections/times.ts';
import { JSON_MEDIA_TYPE } from '../../http/prepared.ts';
import { Problem, retryLater } from '../../http/problem.ts';
import { type AskedFigure, contributionsTo } from '../../provenance/asked-figure.ts';
import { positionWithin, provenanceSchema, provenanceText } from '../../provenance/document.ts';
import { formatVerifierKey } from '../../transparency/note.ts';
import type { Transparency } from '../../transparency/transparency.ts';
import { filterOfFigure } from './handovers/queries.ts';
import { behindParamsSchema, provenanceQuerySchema } from './handovers/schemas.ts';
import { filterOf } from './reports/asked.ts';
import { checkSuits } from './reports/behind.ts';
import { behindReportParamsSchema, reportProvenanceQuerySchema } from './reports/schemas.ts';

export interface ProvenanceDependencies {
  readonly handovers: HandoverQueries;
  readonly reports: ReportQueries;
  readonly history: HistoryQueries;
  readonly transparency: Transparency;
}

/** All lines are in the document, so it is for those who see all. */
const ROLES_THAT_SEE_ALL = ['auditor'] as const;

/** Beyond it a bundle is smaller than the proofs. */
const MOST_LINES = 5_000;

/** Where a figure comes from, as a document that can be handed over and checked offline. */
export const provenanceRoutes: FastifyPluginAsyncZod<ProvenanceDependencies> = async (
  app,
  { handovers, reports, history, transparency },
) => {
  const { tree, key } = transparency;

  const documentOf = async (asked: AskedFigure, asOf: AsOf | undefined) => {
    const checkpoint = tree.latestCheckpoint();
    const position = checkpoint && positionWithin(tree, checkpoint, asOf && history.positionAsOf(asOf));
    if (checkpoint === undefined || position === undefined) {
      throw new Problem('not-yet-scanned', 'no checkpoint that is signed has all events of the figure yet', retryLater);
    }
    if (handovers.position() < position) {
      throw new Problem('not-yet-scanned', 'the views are behind the signed checkpoint', retryLater);
    }
    const contributed = contributionsTo({ handovers, reports }, asked, { position });
    if (contributed.length > MOST_LINES) {
      const detail = `the figure has ${contributed.length} lines, and a document at most ${MOST_LINES}: \`bundle\` of the command line proves all figures at once`;
      throw new Problem('refused', detail);
    }
    const sources = { handovers, reports, history, tree };
    return Readable.from(
      await provenanceText(sources, { key: formatVerifierKey(key), asked, position, checkpoint, contributed }),
    );
  };

  const documented = {
    description:
      'With all events of the records that make it, each with its proof; `verify` of the command line checks it.',
    response: { 200: provenanceSchema },
  } as const;

  app.route({
    method: 'GET',
    url: '/handovers/yearly/:year/:direction/provenance',
    config: { roles: ROLES_THAT_SEE_ALL },
    schema: {
      operationId: 'proveYearlyFigure',
      summary: 'Where a yearly figure comes from, to be checked offline',
      tags: ['Handovers', 'Transparency'],
      params: behindParamsSchema,
      querystring: provenanceQuerySchema,
      ...documented,
    },
    handler: async (request, reply) => {
      const { year, direction } = request.params;
      const { asOf, ...filter } = filterOfFigure(year, direction, request.query);
      return reply.type(JSON_MEDIA_TYPE).send((await documentOf({ report: 'yearly', filter }, asOf)) as never);
    },
  });

  app.route({
    method: 'GET',
    url: '/reports/period/:figure/provenance',
    config: { roles: ROLES_THAT_SEE_ALL },
    schema: {
      operationId: 'proveRow',
      summary: 'Where the value of one row of a report comes from, to be checked offline',
      tags: ['Reports', 'Transparency'],
      params: behindReportParamsSchema,
      querystring: reportProvenanceQuerySchema,
      ...documented,
    },
    handler: async (request, reply) => {
      const { figure } = request.params;
      const { direction, ...query } = request.query;
      checkSuits(figure, { direction, operation: query.operation });
      const { asOf, ...filter } = filterOf(query);
      return reply
        .type(JSON_MEDIA_TYPE)
        .send((await documentOf({ report: 'period', figure, direction, filter }, asOf)) as never);
    },
  });
};
