import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CODE_LISTS } from '../../../../domain/code-lists.ts';
import { CATALOGUE } from '../../../../domain/reference/catalogue.ts';
import { LANGUAGES, type Language, type ReferenceEntry } from '../../../../domain/reference/entry.ts';
import { REFERENCE_VERSION } from '../../../../domain/reference/version.ts';
import { ACCEPT_LANGUAGE, acceptedLanguage } from '../../../http/language.ts';
import { type Prepared, prepareJson, sendPrepared } from '../../../http/prepared.ts';
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
  const lists = new Map<string, Prepared>();
  const key = (list: string, language: Language | undefined): string => `${list} ${language ?? ''}`;
  for (const [list, entries] of Object.entries(CODE_LISTS)) {
    for (const language of [...LANGUAGES, undefined]) {
      lists.set(key(list, language), prepareJson(listDocument(list, entries, language), language));
    }
  }

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
      const prepared = lists.get(key(request.params.list, acceptedLanguage(request))) as Prepared;
      sendPrepared(request, reply, prepared, 'accept-language');
    },
  });
};
