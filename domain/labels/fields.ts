/**
 * Which list names the codes of a field that a record shows, by the category of the record. The status has a list of its own in every
 * category; what stands deeper in a record is looked up in the lists.
 */
export const LISTS_OF_FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  case: {
    kind: 'case-kinds',
    direction: 'directions',
    requestingParty: 'sides',
    deliveringParty: 'sides',
    receivingParty: 'sides',
    legalBasis: 'legal-bases',
    refusalGrounds: 'refusal-grounds',
  },
  request: {
    kind: 'request-kinds',
    urgency: 'urgencies',
    handling: 'handlings',
    outcome: 'request-outcomes',
    declinedFor: 'reasons-to-decline',
  },
  handover: {
    pass: 'border-passes',
    deliveringParty: 'sides',
    legalBasis: 'legal-bases',
    differsFromPlan: 'plan-differences',
  },
  statement: { figure: 'figures', bound: 'bounds', unit: 'figure-units' },
  reconciliation: { kinds: 'case-kinds', directions: 'directions' },
  office: { kind: 'office-kinds', side: 'sides', jurisdiction: 'provinces' },
  operation: { kind: 'operation-kinds', subjects: 'operation-subjects' },
  agreement: { kind: 'agreement-kinds', denouncedBy: 'sides' },
  meeting: { kind: 'meeting-kinds', level: 'levels' },
  visit: { direction: 'directions', purpose: 'visit-purposes' },
  training: { officersOf: 'sides' },
  twinning: { kind: 'twinning-kinds' },
  erasure: { part: 'erased-parts', authority: 'erasure-authorities', toDo: 'erasure-tasks' },
  equipment: { direction: 'directions' },
};
