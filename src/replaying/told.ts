import type { Row } from '../../projections/compare.ts';

/**
 * The columns of the views of which it is told what stands there: what every auditor may read elsewhere, without being put on record. Of every
 * other one it is told only that it differs. So who a person is and what they are found by, which cases are of one person, and what
 * is sealed, is never told, not even by a digest: what has few values is known by it, and what is equal is. Nor is a fold told, which no answer
 * shows and which gains fields that nobody looks at for this.
 */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  case_status: [
    ...['number', 'case_id', 'revision', 'kind', 'status', 'direction', 'requesting_party', 'incident', 'pass'],
    ...['handed_over', 'due_for_erasure', 'opened_ms', 'since_ms', 'offices', 'document'],
  ],
  case_of_office: ['office', 'since_ms', 'number', 'opened_ms'],
  case_person: ['number'],
  case_search: ['number'],
  deadline: [
    ...['office', 'due', 'record_id', 'rule', 'kind', 'side', 'started', 'started_by', 'is_earliest', 'extended_from'],
  ],
  numbered_record: ['number', 'category', 'record_id'],
  event: ['position', 'record_number', 'revision', 'id', 'type', 'known_at'],
  counted_case: ['case_number', 'merged_into'],
  contribution: [
    ...['number', 'record_number', 'measure', 'event_id', 'date', 'first_day', 'last_day', 'year', 'direction', 'kind'],
    ...['incident', 'offences', 'pass', 'minutes', 'province', 'delivering_office', 'receiving_office', 'other_year'],
    ...['delivered', 'received', 'agreement', 'differs_in', 'said_by', 'next_said_from', 'next_said_by'],
    ...['from_position', 'from_known_at', 'from_event', 'to_position', 'to_known_at', 'to_event'],
  ],
  register_record: ['record_number', 'category', 'revision', 'offices', 'document'],
  register_reference: ['category', 'name', 'value', 'record_number'],
  register_contribution: [
    ...['number', 'record_number', 'measure', 'part', 'first_day', 'last_day', 'subjects', 'substance', 'unit'],
    ...['lower', 'upper', 'approximate', 'provinces', 'offices'],
    ...['from_position', 'from_known_at', 'from_event', 'to_position', 'to_known_at', 'to_event'],
  ],
  access_event: ['position', 'stream', 'revision', 'id', 'type'],
  access_record: [...['position', 'place', 'id', 'at', 'subject', 'office', 'role', 'part', 'outcome', 'purpose']],
  accessed: ['record_id', 'position', 'place'],
  access_stream: ['stream', 'day'],
};

/** Whether what stands in a column of a view may be told. */
export const isTold = (table: string, column: string): boolean => TOLD[table]?.includes(column) === true;

/** What of a row may be told. */
export const toldOf = (table: string, row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([column]) => isTold(table, column)));
