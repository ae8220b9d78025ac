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
  -- From which day on the person is due for erasure; null where they are not.
  due_for_erasure TEXT,
  -- First possible millisecond of what opened the case and of what gave it its status; for order and filters.
  opened_ms INTEGER NOT NULL,
  since_ms INTEGER NOT NULL,
  -- JSON: ids of the offices that see the case: its own, those it was shared with, and their ministries.
  offices TEXT NOT NULL,
  -- JSON: the fold, to go on from; and the case as the service shows it, without its person.
  state TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

-- The cases of each office that sees them, in the orders of lists: most offices see few of all cases.
CREATE TABLE case_of_office (
  office TEXT NOT NULL,
  since_ms INTEGER NOT NULL,
  number INTEGER NOT NULL,
  opened_ms INTEGER NOT NULL,
  PRIMARY KEY (office, since_ms, number)
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

-- What a case says of its person and that of another case, as it was unsealed when the event was projected.
CREATE TABLE person_link (
  case_id TEXT NOT NULL,
  other_case TEXT NOT NULL,
  event_id TEXT NOT NULL,
  -- same or not-same
  verdict TEXT NOT NULL,
  basis TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  PRIMARY KEY (case_id, other_case)
) STRICT, WITHOUT ROWID;
