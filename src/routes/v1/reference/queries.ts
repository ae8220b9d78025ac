import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CODE_LISTS } from '../../../../domain/code-lists.ts';
import { CATALOGUE } from '../../../../domain/reference/catalogue.ts';
import type { Language, ReferenceEntry } from '../../../../domain/reference/entry.ts';
import { REFERENCE_VERSION } from '../../../../domain/reference/version.ts';
import { ACCEPT_LANGUAGE, acceptedLanguage } from '../../../http/language.ts';
import { preparedWhenAsked, prepareJson, sendPrepared } from '../../../http/prepared.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { referenceIndexSchema, referenceListSchema, referenceParamsSchema } from './schemas.ts';

/** A list with its labels in one language, or in all. */
const listDocument = (list: string, entries: readonly ReferenceEntry[], language: Language | undefined): unknown => ({
  list,
  ...(Object.hasOwn(CATALOGUE, list) && { version: REFERENCE_VERSION }),
  entries: entries.map(({ labels, ...entry }) => ({
    ...entry,
    labels: language === undefined ? labels : { [language]: labels[language] },
  })),
});

const indexDocument = {
  version: REFERENCE_VERSION,
  lists: Object.entries(CODE_LISTS).map(([list, entries]) => ({
    list,
    entries: entries.length,
    href: `/v1/reference/${list}`,
  })),
};

/** Reference data and the labels of all codes: public facts, the same for everybody. */
export const referenceRoutes: FastifyPluginAsyncZod = async (app) => {
  const index = prepareJson(indexDocument);
  const listIn = preparedWhenAsked((list: string, language: Language | undefined) => {
    const entries = CODE_LISTS[list];
    // The schema of the route lets no other list through.
    if (entries === undefined) throw new Error(`there is no list ${list}`);
    return prepareJson(listDocument(list, entries, language), language);
  });

  app.route({
    method: 'GET',
    url: '/reference',
    config: { public: true, tagged: true },
    schema: {
      operationId: 'listReferenceLists',
      summary: 'The lists of codes: reference data, and the codes that the service itself defines',
      tags: ['Reference'],
      querystring: noQuerySchema,
      response: { 200: referenceIndexSchema },
    },
    handler: (request, reply) => {
      sendPrepared(request, reply, index);
    },
  });

  app.route({
    method: 'GET',
    url: '/reference/:list',
    config: { public: true, tagged: true, headers: ACCEPT_LANGUAGE },
    schema: {
      operationId: 'getReferenceList',
      summary: 'A list of codes with their labels and, of reference data, when each holds',
      tags: ['Reference'],
      params: referenceParamsSchema,
      querystring: noQuerySchema,
      response: { 200: referenceListSchema },
    },
    handler: (request, reply) => {
      sendPrepared(request, reply, listIn(request.params.list, acceptedLanguage(request)), 'accept-language');
    },
  });
};
