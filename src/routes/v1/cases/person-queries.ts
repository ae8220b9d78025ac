import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CASEWORKERS, SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import type { PersonQueries } from '../../../../projections/cases/person-query.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import { sendJson } from '../../../http/prepared.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { findCase } from './find.ts';
import { candidatesQuerySchema, candidatesSchema, personLinksSchema } from './person-schemas.ts';
import { admitToPerson } from './queries.ts';
import { caseJson } from './representation.ts';
import { caseParamsSchema } from './schemas.ts';

export interface PersonQueryDependencies {
  readonly cases: CaseQueries;
  readonly persons: PersonQueries;
}

/** Routes that tell which cases are, or may be, of one person. */
export const personQueryRoutes: FastifyPluginAsyncZod<PersonQueryDependencies> = async (app, { cases, persons }) => {
  app.route({
    method: 'GET',
    url: '/cases/:caseId/candidates',
    config: { roles: CASEWORKERS },
    schema: {
      operationId: 'listCandidates',
      summary: 'Other cases that may be of the same person, with what speaks for it and against it',
      description:
        'First those with a document in common, then those with the same name before those with a similar one, then by the birth ' +
        'date (the same day, compatible, not known, contradicting), then what has least else against it, then the latest. ' +
        'No likelihood is worked out. Cases about which it was decided (`linked-to-person-of`, `found-not-same-person`) are left out.',
      tags: ['Cases'],
      params: caseParamsSchema,
      querystring: candidatesQuerySchema,
      response: { 200: candidatesSchema },
    },
    handler: async (request, reply) => {
      const { caseId } = request.params;
      admitToPerson(request, reply, findCase(cases, request, caseId));
      const { items, more } = persons.candidates(accountOf(request).recorder, caseId, request.query);
      const candidates = items.map(
        (item) =>
          `{"case":${caseJson(item.caseId, item.document, item.person)},"reasons":${JSON.stringify(item.reasons)}}`,
      );
      return sendJson(reply, `{"candidates":[${candidates.join(',')}],"more":${more}}`);
    },
  });

  app.route({
    method: 'GET',
    url: '/cases/:caseId/person-links',
    config: { roles: SEEING_RECORDS },
    schema: {
      operationId: 'listPersonLinks',
      summary: 'The cases that are linked as of one person, whichever of them says so',
      description:
        'Of a case that you do not see nothing is said. That a victim is the person of another case is told to `protection`.',
      tags: ['Cases'],
      params: caseParamsSchema,
      querystring: noQuerySchema,
      response: { 200: personLinksSchema },
    },
    handler: async (request, reply) => {
      const group = persons.group(accountOf(request).recorder, findCase(cases, request, request.params.caseId));
      const links = group.links.map(({ caseId, otherCase, verdict, basis, occurredAt, eventId }) => ({
        cases: [caseId, otherCase],
        verdict,
        basis,
        occurredAt,
        eventId,
      }));
      const shown = group.cases.map(({ caseId, document }) => caseJson(caseId, document));
      return sendJson(reply, `{"cases":[${shown.join(',')}],"links":${JSON.stringify(links)},"more":${group.more}}`);
    },
  });
};
