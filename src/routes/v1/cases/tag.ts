import type { FastifyRequest } from 'fastify';
import { CASE_DOCUMENT_VERSION } from '../../../../domain/case/document.ts';
import { CASES_READ_MODEL } from '../../../../projections/read-models.ts';
import { entityTag, roleClassOf } from '../../../http/entity-tag.ts';
import { accountOf } from '../../../plugins/authentication.ts';

/** The entity tag of a case as its sender sees it: the same whether a command has just made it or the view shows it. */
export const caseTag = (request: FastifyRequest, revision: number, part?: 'person'): string =>
  entityTag({
    revision,
    versions: [CASES_READ_MODEL.version, CASE_DOCUMENT_VERSION],
    roleClass: roleClassOf(accountOf(request).role),
    part,
  });
