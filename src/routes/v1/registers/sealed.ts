import type { FastifyReply, FastifyRequest } from 'fastify';
import { maySeePerson } from '../../../../domain/case/access.ts';
import { caseStreams } from '../../../../domain/case/kind.ts';
import { isCaseworker, type Viewer } from '../../../../domain/kernel/access.ts';
import type { RegisterKind, RegisterState } from '../../../../domain/kernel/register.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import type { RegisterRow } from '../../../../projections/registers/query.ts';
import type { EntryFilter } from '../../../event-log/codec.ts';
import { Problem } from '../../../http/problem.ts';
import { accountOf } from '../../../plugins/authentication.ts';

/** Lets in whoever may read what is sealed of a record. It stays with the one who asked: no cache on the way keeps it. */
export const admitToSealed = (
  { register }: RegisterKind,
  request: FastifyRequest,
  reply: FastifyReply,
  { state }: RegisterRow,
): void => {
  const { recorder, role } = accountOf(request);
  const { entries } = JSON.parse(state) as RegisterState;
  if (!isCaseworker(recorder) || !register.maySeeSealed(recorder, entries)) {
    throw new Problem('forbidden', `what is sealed of this ${register.noun} is not for the role ${role}`);
  }
  reply.header('cache-control', 'no-store');
};

/** What is a person's stands in a list of persons as in their case: for those who see the case, and may know who its person is. */
export const entriesFor =
  (cases: Pick<CaseQueries, 'find'>, viewer: Viewer): EntryFilter =>
  ({ category, id }) => {
    const found = category === caseStreams.category ? cases.find(viewer, id) : undefined;
    return found !== undefined && maySeePerson(viewer, found);
  };
