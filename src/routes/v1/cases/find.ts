import type { FastifyRequest } from 'fastify';
import type { CaseRow } from '../../../../projections/cases/case-row.ts';
import type { CaseQueries } from '../../../../projections/cases/query.ts';
import { Problem } from '../../../http/problem.ts';
import { accountOf } from '../../../plugins/authentication.ts';

/** A case that the sender of a request sees. Throws Problem where there is none. */
export const findCase = (cases: CaseQueries, request: FastifyRequest, caseId: string): CaseRow => {
  const row = cases.find(accountOf(request).recorder, caseId);
  if (row === undefined) throw new Problem('not-found', 'there is no such case, or it was not shared with your office');
  return row;
};
