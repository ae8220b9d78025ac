-- Where every case stands now. Numbers are given in the order in which cases are opened, so that what is written together
-- stands together; ids are spread at random.
CREATE TABLE case_status (
  number INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  direction TEXT NOT NULL,
  requesting_party TEXT NOT NULL,
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
) STRICT;

CREATE INDEX case_by_since ON case_status (since_ms, number);
CREATE INDEX case_by_opened ON case_status (opened_ms, number);
CREATE INDEX case_by_incident ON case_status (incident) WHERE incident IS NOT NULL;

-- Offices that see a case: its own, those it was shared with, and their ministries.
CREATE TABLE case_office (
  number INTEGER NOT NULL,
  office TEXT NOT NULL,
  PRIMARY KEY (number, office)
) STRICT, WITHOUT ROWID;

-- The person, as it was unsealed when the event was projected.
CREATE TABLE case_person (
  number INTEGER PRIMARY KEY,
  person TEXT NOT NULL
) STRICT;

-- What a person is found by: grams of folded names, documents and case numbers.
CREATE TABLE case_search (
  term TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (term, number)
) STRICT, WITHOUT ROWID;
