-- Where every case stands now.
CREATE TABLE case_status (
  case_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  direction TEXT NOT NULL,
  requesting_party TEXT NOT NULL,
  office TEXT NOT NULL,
  incident TEXT,
  -- The pass of the last handover, or of the one that is agreed.
  pass TEXT,
  -- Last day of the last handover that is on record.
  handed_over TEXT,
  -- First possible millisecond of what opened the case and of what gave it its status; for order and filters.
  opened_ms INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  -- JSON: the fold, to go on from; and the case as the service shows it, without its person.
  state TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX case_by_since ON case_status (since_ms, case_id);
CREATE INDEX case_by_opened ON case_status (opened_ms, case_id);
CREATE INDEX case_by_incident ON case_status (incident) WHERE incident IS NOT NULL;

-- Offices that see a case: its own, those it was shared with, and their ministries.
CREATE TABLE case_office (
  office TEXT NOT NULL,
  case_id TEXT NOT NULL,
  PRIMARY KEY (office, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX office_by_case ON case_office (case_id);

-- The person, as far as the key of the case still opens it.
CREATE TABLE case_person (
  case_id TEXT PRIMARY KEY,
  person TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person is found by: grams of folded names, documents and case numbers as they are.
CREATE TABLE case_search (
  term TEXT NOT NULL,
  case_id TEXT NOT NULL,
  PRIMARY KEY (term, case_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX search_by_case ON case_search (case_id);
