import { caseStreams } from './case/kind.ts';
import type { RegisterKind } from './kernel/register.ts';
import * as access from './labels/access-codes.ts';
import * as cases from './labels/case-codes.ts';
import { CASE_EVENT_LABELS } from './labels/case-events.ts';
import { CASE_KIND_LABELS, CASE_STATUS_LABELS } from './labels/case-statuses.ts';
import * as cooperation from './labels/cooperation-codes.ts';
import * as deadlines from './labels/deadline-codes.ts';
import * as erasures from './labels/erasure-codes.ts';
import { type LabelsOf, label } from './labels/label.ts';
import * as minutes from './labels/minutes-codes.ts';
import * as operations from './labels/operation-codes.ts';
import * as persons from './labels/person-codes.ts';
import * as reconciliations from './labels/reconciliation-codes.ts';
import * as reference from './labels/reference-codes.ts';
import { ANY_REGISTER, REGISTER_WORDS } from './labels/registers.ts';
import * as replays from './labels/replay-codes.ts';
import * as requests from './labels/request-codes.ts';
import * as rules from './labels/rule-codes.ts';
import * as statements from './labels/statement-codes.ts';
import { CATALOGUE } from './reference/catalogue.ts';
import type { Labels, Language, ReferenceEntry } from './reference/entry.ts';
import { REGISTERS } from './stream-kinds.ts';

/** The names of the lists with the statuses and the events of a kind of records. */
export const statusesOf = (category: string): string => `${category}-statuses`;
export const eventsOf = (category: string): string => `${category}-events`;

/** The labels of these codes. Throws where a code has none: register tables name their codes as text. */
const picked = (category: string, codes: readonly string[], labels: LabelsOf<string>): LabelsOf<string> =>
  Object.fromEntries(
    codes.map((code) => {
      const found = labels[code];
      if (found === undefined) throw new Error(`${code} of a ${category} has no label in domain/labels/registers.ts`);
      return [code, found];
    }),
  );

const wordsOf = (category: string) => {
  const words = REGISTER_WORDS[category];
  if (words === undefined) throw new Error(`${category} has no labels in domain/labels/registers.ts`);
  return words;
};

const listsOfRegister = ({ category, rules: { shapes }, register, statuses }: RegisterKind) => {
  const words = wordsOf(category);
  const events = { ...ANY_REGISTER.events, ...words.events };
  const standings = { ...ANY_REGISTER.statuses, ...events, ...words.statuses };
  return {
    [statusesOf(category)]: picked(category, [register.lifecycle.initial, ...statuses], standings),
    [eventsOf(category)]: picked(category, Object.keys(shapes), events),
  };
};

/** The labels of the codes that the service itself defines, by the name of their list. */
const CODES: Readonly<Record<string, LabelsOf<string>>> = {
  'record-kinds': {
    [caseStreams.category]: label('Case', '个案', 'Hồ sơ'),
    ...Object.fromEntries(REGISTERS.map(({ category }) => [category, wordsOf(category).noun])),
  },

  'case-kinds': CASE_KIND_LABELS,
  [statusesOf(caseStreams.category)]: CASE_STATUS_LABELS,
  [eventsOf(caseStreams.category)]: CASE_EVENT_LABELS,
  ...Object.assign({}, ...REGISTERS.map(listsOfRegister)),

  agreements: cases.AGREEMENT_LABELS,
  'assurance-subjects': cases.ASSURANCE_SUBJECT_LABELS,
  'completion-outcomes': cases.COMPLETION_OUTCOME_LABELS,
  'consent-givers': cases.CONSENT_GIVER_LABELS,
  'handover-fields': cases.HANDOVER_FIELD_LABELS,
  'handover-refusals': cases.HANDOVER_REFUSAL_LABELS,
  'identity-bases': cases.IDENTITY_BASIS_LABELS,
  'identity-methods': cases.IDENTITY_METHOD_LABELS,
  'link-verdicts': cases.LINK_VERDICT_LABELS,
  'protection-matters': cases.PROTECTION_MATTER_LABELS,
  'protection-outcomes': cases.PROTECTION_OUTCOME_LABELS,
  'release-causes': cases.RELEASE_CAUSE_LABELS,
  'risk-outcomes': cases.RISK_OUTCOME_LABELS,
  'warrant-kinds': cases.WARRANT_KIND_LABELS,

  books: reconciliations.BOOK_LABELS,
  'compared-fields': reconciliations.COMPARED_FIELD_LABELS,
  'comparison-explanations': reconciliations.EXPLANATION_LABELS,
  'comparison-results': reconciliations.COMPARISON_RESULT_LABELS,
  'list-columns': reconciliations.LIST_COLUMN_LABELS,
  'settlement-decisions': reconciliations.DECISION_LABELS,

  'age-bands': persons.AGE_BAND_LABELS,
  'document-types': persons.DOCUMENT_TYPE_LABELS,
  languages: persons.LANGUAGE_LABELS,
  'match-reasons': persons.MATCH_REASON_LABELS,
  'name-roles': persons.NAME_ROLE_LABELS,
  scripts: persons.SCRIPT_LABELS,
  sexes: persons.SEX_LABELS,

  'line-outcomes': minutes.LINE_OUTCOME_LABELS,
  'line-results': minutes.LINE_RESULT_LABELS,
  'line-tasks': minutes.LINE_TASK_LABELS,
  'plan-differences': minutes.PLAN_DIFFERENCE_LABELS,

  'erased-parts': erasures.ERASED_PART_LABELS,
  'erasure-authorities': erasures.ERASURE_AUTHORITY_LABELS,
  'erasure-tasks': erasures.ERASURE_TASK_LABELS,

  handlings: requests.HANDLING_LABELS,
  'reasons-to-decline': requests.REASON_TO_DECLINE_LABELS,
  'request-kinds': requests.REQUEST_KIND_LABELS,
  'request-outcomes': requests.REQUEST_OUTCOME_LABELS,
  urgencies: requests.URGENCY_LABELS,

  'agreement-kinds': cooperation.AGREEMENT_KIND_LABELS,
  levels: cooperation.LEVEL_LABELS,
  'meeting-kinds': cooperation.MEETING_KIND_LABELS,
  'office-kinds': cooperation.OFFICE_KIND_LABELS,
  'twinning-kinds': cooperation.TWINNING_KIND_LABELS,
  'visit-purposes': cooperation.VISIT_PURPOSE_LABELS,

  measures: operations.MEASURE_LABELS,
  'operation-kinds': operations.OPERATION_KIND_LABELS,
  'operation-subjects': operations.OPERATION_SUBJECT_LABELS,

  bounds: statements.BOUND_LABELS,
  'figure-units': statements.FIGURE_UNIT_LABELS,
  'judged-by': statements.JUDGED_BY_LABELS,
  'scope-levels': statements.SCOPE_LEVEL_LABELS,

  'access-outcomes': access.ACCESS_OUTCOME_LABELS,
  'access-parts': access.ACCESS_PART_LABELS,
  'access-purposes': access.ACCESS_PURPOSE_LABELS,

  'deadline-starts': deadlines.DEADLINE_START_LABELS,
  'deadline-statuses': deadlines.DEADLINE_STATUS_LABELS,
  'deadline-terms': deadlines.DEADLINE_TERM_LABELS,
  'extension-conditions': deadlines.EXTENSION_CONDITION_LABELS,

  'date-precisions': reference.PRECISION_LABELS,
  'ground-characters': reference.GROUND_CHARACTER_LABELS,
  'pass-kinds': reference.PASS_KIND_LABELS,
  'pass-statuses': reference.PASS_STATUS_LABELS,
  'substance-groups': reference.SUBSTANCE_GROUP_LABELS,

  'replay-comparisons': replays.REPLAY_COMPARISON_LABELS,
  'replay-statuses': replays.REPLAY_STATUS_LABELS,
  'replay-steps': replays.REPLAY_STEP_LABELS,
  'row-differences': replays.ROW_DIFFERENCE_LABELS,

  guards: rules.GUARD_LABELS,
  refusals: rules.REFUSAL_LABELS,
  roles: rules.ROLE_LABELS,
  'roles-in-tables': rules.ROLE_IN_TABLE_LABELS,
  targets: rules.TARGET_LABELS,
};

/** Nobody of the field has looked through these labels yet. */
const entriesOf = (labels: LabelsOf<string>): readonly ReferenceEntry[] =>
  Object.entries(labels).map(([code, each]) => ({ code, labels: each, verified: false }));

/** Every list of codes with their labels: reference data, and the codes that the service itself defines. */
export const CODE_LISTS: Readonly<Record<string, readonly ReferenceEntry[]>> = {
  ...CATALOGUE,
  ...Object.fromEntries(Object.entries(CODES).map(([list, labels]) => [list, entriesOf(labels)])),
};

const BY_CODE: ReadonlyMap<string, ReadonlyMap<string, Labels>> = new Map(
  Object.entries(CODE_LISTS).map(([list, entries]) => [
    list,
    new Map(entries.map(({ code, labels }) => [code, labels])),
  ]),
);

/** What a code of a list is called. Throws where the list has no such code. */
export const labelOf = (list: string, code: string, language: Language): string => {
  const labels = BY_CODE.get(list)?.get(code);
  if (labels === undefined) throw new Error(`there is no ${code} in the list ${list}`);
  return labels[language];
};
