import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Fields } from '../../../../domain/kernel/event.ts';
import type { RegisterKind } from '../../../../domain/kernel/register.ts';
import type { Language } from '../../../../domain/reference/entry.ts';
import { HISTORY_READ_MODEL } from '../../../../projections/read-models.ts';
import { entityTag, roleClassOf } from '../../../http/entity-tag.ts';
import { acceptedLanguage, languageInTag } from '../../../http/language.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { labelsOfRecord, labelsSchema } from '../labels.ts';

/** The shape in which records of registers are shown; whoever changes it gives the next number. */
const REGISTER_DOCUMENT_VERSION = 1;

const capitalized = (text: string): string =>
  text
    .split(/[- ]/)
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');

/** How a register is named in addresses and in the OpenAPI document. */
export const namesOf = ({ register }: RegisterKind) => {
  const { noun, plural, path = plural.replaceAll(' ', '-'), listPath = path } = register;
  return { one: capitalized(noun), several: capitalized(plural), path: `/${path}`, listPath: `/${listPath}` };
};

export const pathOf = (kind: RegisterKind, id: string): string => `/v1${namesOf(kind).path}/${id}`;

const linksSchema = z
  .strictObject({ self: z.string(), events: z.string(), next: z.string().describe('What may be recorded next') })
  .describe('Where more is to be found, as paths of this service');

const schemas = new Map<RegisterKind, z.ZodObject>();

/** A record of a register as it is answered. */
export const registerSchema = (kind: RegisterKind): z.ZodObject => {
  const known = schemas.get(kind);
  if (known !== undefined) return known;
  const schema = z.strictObject({ ...kind.documentSchema.shape, labels: labelsSchema, links: linksSchema });
  z.globalRegistry.add(schema, { id: namesOf(kind).one });
  schemas.set(kind, schema);
  return schema;
};

/** The answer as JSON text, made of a document that is JSON text already; with labels where the sender names a language. */
export const registerJson = (
  kind: RegisterKind,
  id: string,
  document: string,
  language: Language | undefined,
): string => {
  const self = pathOf(kind, id);
  const added = JSON.stringify({
    labels: language && labelsOfRecord(kind.category, JSON.parse(document) as Fields, language),
    links: { self, events: `${self}/events`, next: `${self}/next` },
  });
  return `${document.slice(0, -1)},${added.slice(1)}`;
};

/** The entity tag of a record as its sender sees it: the same whether a command has just made it or the view shows it. */
export const registerTag = (request: FastifyRequest, revision: number, part?: 'sealed'): string =>
  entityTag({
    revision,
    versions: [HISTORY_READ_MODEL.version, REGISTER_DOCUMENT_VERSION],
    roleClass: roleClassOf(accountOf(request).role),
    part,
    language: languageInTag(acceptedLanguage(request)),
  });
