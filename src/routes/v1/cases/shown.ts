import { caseStreams } from '../../../../domain/case/kind.ts';
import type { CaseRow } from '../../../../projections/cases/case-row.ts';
import type { Shown } from '../../../plugins/access-recording.ts';

/** A case of whose person something is shown, as it is put on record. */
export const shownCase = ({ caseId, revision, document }: CaseRow): Shown => ({
  category: caseStreams.category,
  id: caseId,
  revision,
  office: (JSON.parse(document) as { readonly office: string }).office,
});
