-- What queries are quick by, and projecting has no need of: made once the read model is built.

CREATE INDEX IF NOT EXISTS case_by_since ON case_status (since_ms, number);
CREATE INDEX IF NOT EXISTS case_by_opened ON case_status (opened_ms, number);
CREATE INDEX IF NOT EXISTS case_by_status ON case_status (status);
CREATE INDEX IF NOT EXISTS case_by_kind ON case_status (kind);
CREATE INDEX IF NOT EXISTS case_by_pass ON case_status (pass) WHERE pass IS NOT NULL;
CREATE INDEX IF NOT EXISTS case_by_handover ON case_status (handed_over, number) WHERE handed_over IS NOT NULL;
CREATE INDEX IF NOT EXISTS case_by_erasure ON case_status (due_for_erasure, number) WHERE due_for_erasure IS NOT NULL;
-- Those from which the ledger is still to open others: as a query asks for them, word for word.
CREATE INDEX IF NOT EXISTS case_to_be_continued ON case_status (number)
  WHERE status = 'continued-as-another-case' AND json_extract(state, '$.continued.link') IS NULL;
CREATE INDEX IF NOT EXISTS case_by_incident ON case_status (incident) WHERE incident IS NOT NULL;
CREATE INDEX IF NOT EXISTS case_of_office_by_opened ON case_of_office (office, opened_ms, number);
CREATE INDEX IF NOT EXISTS person_link_by_other ON person_link (other_case, case_id);
