import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CASEWORKERS, SEEING_RECORDS } from '../../../../domain/kernel/access.ts';
import type { PersonQueries } from '../../../../projections/cases/person-query.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import { ACCEPT_LANGUAGE, answerLanguage } from '../../../http/language.ts';
import { sendJson } from '../../../http/prepared.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { willShow } from '../../../plugins/access-recording.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsIn } from '../labels.ts';
import { findCase } from './find.ts';
import { candidatesQuerySchema, candidatesSchema, personLinksSchema } from './person-schemas.ts';
import { admitToPerson } from './queries.ts';
import { caseJson } from './representation.ts';
import { caseParamsSchema } from './schemas.ts';
import { shownCase } from './shown.ts';

export interface PersonQueryDependencies {
  readonly cases: CaseQueries;
  readonly persons: PersonQueries;
}

/** Routes that tell which cases are, or may be, of one person. */
export const personQueryRoutes: FastifyPluginAsyncZod<PersonQueryDependencies> = async (app, { cases, persons }) => {
  app.route({
    method: 'GET',
    url: '/cases/:caseId/candidates',
    config: { roles: CASEWORKERS, headers: ACCEPT_LANGUAGE, shows: 'candidates' },
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
      willShow(request, items.map(shownCase));
      const language = answerLanguage(request, reply);
      const candidates = items.map((item) => {
        const reasons = item.reasons.map((reason) => ({
          ...reason,
          labels: labelsIn(language, { code: ['match-reasons', reason.code] }),
        }));
        const shown = caseJson(item.caseId, item.document, language, JSON.stringify(item.person));
        return `{"case":${shown},"reasons":${JSON.stringify(reasons)}}`;
      });
      return sendJson(reply, `{"candidates":[${candidates.join(',')}],"more":${more}}`);
    },
  });

  app.route({
    method: 'GET',
    url: '/cases/:caseId/person-links',
    config: { roles: SEEING_RECORDS, headers: ACCEPT_LANGUAGE, shows: 'person-links' },
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
      willShow(request, group.cases.map(shownCase));
      const language = answerLanguage(request, reply);
      const links = group.links.map(({ caseId, otherCase, verdict, basis, occurredAt, eventId }) => ({
        cases: [caseId, otherCase],
        verdict,
        basis,
        occurredAt,
        eventId,
        labels: labelsIn(language, { verdict: ['link-verdicts', verdict], basis: ['identity-bases', basis] }),
      }));
      const shown = group.cases.map(({ caseId, document }) => caseJson(caseId, document, language));
      return sendJson(reply, `{"cases":[${shown.join(',')}],"links":${JSON.stringify(links)},"more":${group.more}}`);
    },
  });
};
