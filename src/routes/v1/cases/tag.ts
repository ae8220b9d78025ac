import type { FastifyRequest } from 'fastify';
import { CASE_DOCUMENT_VERSION } from '../../../../domain/case/document.ts';
import { CASES_READ_MODEL, HISTORY_READ_MODEL } from '../../../../projections/read-models.ts';
import { entityTag, type Representation, roleClassOf } from '../../../http/entity-tag.ts';
import { acceptedLanguage, languageInTag } from '../../../http/language.ts';
import { accountOf } from '../../../plugins/authentication.ts';

/** The shape in which a recorded event is shown; whoever changes it gives the next number. */
const CASE_EVENTS_VERSION = 1;

/** The entity tag of the history of a case up to a revision. Which of its officers recorded something is shown to their side alone. */
export const caseEventsTag = (request: FastifyRequest, revision: number, part?: 'person'): string =>
  eventsTag(request, { revision, versions: [HISTORY_READ_MODEL.version, CASE_EVENTS_VERSION], part });

/** The entity tag of a case event by event. */
export const caseStepsTag = (request: FastifyRequest, revision: number): string =>
  eventsTag(request, {
    revision,
    versions: [HISTORY_READ_MODEL.version, CASE_EVENTS_VERSION, CASE_DOCUMENT_VERSION],
    part: 'steps',
  });

const eventsTag = (
  request: FastifyRequest,
  { revision, versions, part }: Pick<Representation, 'revision' | 'versions' | 'part'>,
): string => {
  const { role, recorder } = accountOf(request);
  return entityTag({
    revision,
    versions,
    roleClass: roleClassOf(role),
    part: [recorder.side, part].filter((each) => each !== undefined).join('.'),
    language: languageInTag(acceptedLanguage(request)),
  });
};

/** The entity tag of a case as its sender sees it: the same whether a command has just made it or the view shows it. */
export const caseTag = (request: FastifyRequest, revision: number, part?: 'person'): string =>
  entityTag({
    revision,
    versions: [CASES_READ_MODEL.version, CASE_DOCUMENT_VERSION],
    roleClass: roleClassOf(accountOf(request).role),
    part,
    language: languageInTag(acceptedLanguage(request)),
  });
