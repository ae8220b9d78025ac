import { maySee } from '../kernel/access.ts';
import { type StreamKind, streamOf } from '../kernel/stream-kind.ts';
import type { CaseKind } from '../reference/case-kinds.ts';
import { mayOpen, mayRecord, shelteringOf } from './access.ts';
import { caseDecider } from './decide.ts';
import type { RecordedCaseEvent } from './history.ts';
import { sentData } from './output.ts';
import { caseRules } from './rules.ts';
import type { CaseState, EffectiveCaseEvent } from './state.ts';
import { CASE_SCHEMA_VERSION, upcast } from './upcast.ts';

/** The streams of cases. */
export const caseStreams: StreamKind<CaseState, EffectiveCaseEvent, RecordedCaseEvent> = {
  category: 'case',
  rules: caseRules,
  decider: caseDecider as never,
  schemaVersion: CASE_SCHEMA_VERSION,
  upcast,
  sentData,
  maySee,
  mayOpen: (viewer, { kind }) => mayOpen(viewer, kind as CaseKind),
  mayRecord: (viewer, state) => mayRecord(viewer, shelteringOf(state)),
};

export const caseStream = (caseId: string): string => streamOf(caseStreams, caseId);
