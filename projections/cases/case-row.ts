import type { CaseStatus } from '../../domain/case/lifecycles/vocabulary.ts';
import type { CaseKind } from '../../domain/reference/case-kinds.ts';
import { SHELTERED_STATUS } from './sheltered.ts';

/** A case as the view has it. */
export interface CaseRow {
  /** In the order in which cases were opened on the ledger. */
  readonly number: number;
  readonly caseId: string;
  readonly revision: number;
  readonly kind: CaseKind;
  /** By which its person is protected. */
  readonly status: CaseStatus;
  /** JSON text of the case as the service shows it, without its person. */
  readonly document: string;
}

export const CASE_COLUMNS = `s.number, s.case_id AS caseId, s.revision, s.kind, ${SHELTERED_STATUS} AS status, s.document`;
