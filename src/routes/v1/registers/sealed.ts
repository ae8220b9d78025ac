import type { FastifyReply, FastifyRequest } from 'fastify';
import { maySeePerson } from '../../../../domain/case/access.ts';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { isCaseworker } from '../../../../domain/kernel/access.ts';
import type { RegisterKind, RegisterState } from '../../../../domain/kernel/register.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import type { RegisterRow } from '../../../../projections/registers/query.ts';
import type { EntryFilter } from '../../../event-log/codec.ts';
import { Problem } from '../../../http/problem.ts';
import { refuseToShow, willShow } from '../../../plugins/access-recording.ts';
import { accountOf } from '../../../plugins/authentication.ts';
import { shownCase } from '../cases/shown.ts';

/**
 * Lets in whoever may read what is sealed of a record; either is put on record. It stays with the one who asked: no cache on the way keeps
 * it.
 */
export const admitToSealed = (
  { category, register }: RegisterKind,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, revision, state }: RegisterRow,
): void => {
  const { recorder, role } = accountOf(request);
  const { entries } = JSON.parse(state) as RegisterState;
  if (!isCaseworker(recorder) || !register.maySeeSealed(recorder, entries)) {
    const problem = new Problem('forbidden', `what is sealed of this ${register.noun} is not for the role ${role}`);
    throw refuseToShow(request, { category, id }, problem);
  }
  willShow(request, [{ category, id, revision }]);
  reply.header('cache-control', 'no-store');
};

/**
 * What is a person's stands in a list of persons as in their case: for those who see the case, and may know who its person is. That they
 * are shown it is put on record as of the case.
 */
export const entriesFor =
  (cases: Pick<CaseQueries, 'find'>, request: FastifyRequest): EntryFilter =>
  ({ category, id }) => {
    const { recorder } = accountOf(request);
    const found = category === caseStreams.category ? cases.find(recorder, id) : undefined;
    if (found === undefined || !maySeePerson(recorder, found)) return false;
    willShow(request, [shownCase(found)]);
    return true;
  };
