import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CATALOGUE, REFERENCE_LISTS, type ReferenceListName } from '../../../../domain/reference/catalogue.ts';
import { LANGUAGES, type Language } from '../../../../domain/reference/entry.ts';
import { REFERENCE_VERSION } from '../../../../domain/reference/version.ts';
import { acceptedLanguage } from '../../../http/language.ts';
import { type Prepared, prepareJson, sendPrepared } from '../../../http/prepared.ts';
import { noQuerySchema } from '../../../http/query.ts';
import { referenceIndexSchema, referenceListSchema, referenceParamsSchema } from './schemas.ts';

/** A list with its labels in one language, or in all. */
const listDocument = (list: ReferenceListName, language: Language | undefined): unknown => ({
  list,
  version: REFERENCE_VERSION,
  entries: CATALOGUE[list].map(({ labels, ...entry }) => ({
    ...entry,
    labels: language === undefined ? labels : { [language]: labels[language] },
  })),
});

const indexDocument = {
  version: REFERENCE_VERSION,
  lists: REFERENCE_LISTS.map((list) => ({
    list,
    entries: CATALOGUE[list].length,
    href: `/v1/reference/${list}`,
  })),
};

/** Reference data: public facts, the same for everybody. */
export const referenceRoutes: FastifyPluginAsyncZod = async (app) => {
  const index = prepareJson(indexDocument);
  const lists = new Map<string, Prepared>();
  const key = (list: string, language: Language | undefined): string => `${list} ${language ?? ''}`;
  for (const list of REFERENCE_LISTS) {
    for (const language of [...LANGUAGES, undefined]) {
      lists.set(key(list, language), prepareJson(listDocument(list, language), language));
    }
  }

  app.route({
    method: 'GET',
    url: '/reference',
    config: { public: true },
    schema: {
      operationId: 'listReferenceLists',
      summary: 'The lists of reference data',
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
    config: {
      public: true,
      headers: { 'Accept-Language': { type: 'string', description: 'BCP 47 tags; en, zh-Hans and vi are there' } },
    },
    schema: {
      operationId: 'getReferenceList',
      summary: 'A list of reference data: codes, labels, and when each holds',
      tags: ['Reference'],
      params: referenceParamsSchema,
      querystring: noQuerySchema,
      response: { 200: referenceListSchema },
    },
    handler: (request, reply) => {
      const prepared = lists.get(key(request.params.list, acceptedLanguage(request))) as Prepared;
      sendPrepared(request, reply, prepared, 'accept-language');
    },
  });
};
