-- What the records of registers contribute to figures, as each counted from one event on, and until another where that is over.
CREATE TABLE register_contribution (
  number INTEGER PRIMARY KEY,
  record_number INTEGER NOT NULL,
  measure TEXT NOT NULL,
  -- Which of several of one measure it is.
  part TEXT,
  -- The days on which it can have been; of what stands, without last_day while it does.
  first_day TEXT NOT NULL,
  last_day TEXT,
  -- JSON list of what it is directed against.
  subjects TEXT NOT NULL,
  substance TEXT,
  -- The base unit of what is measured.
  unit TEXT,
  -- Exact decimal text in that unit; without `upper` it is more than `lower`.
  lower TEXT NOT NULL,
  upper TEXT,
  approximate INTEGER NOT NULL,
  -- JSON lists: whose matter it is.
  provinces TEXT NOT NULL,
  offices TEXT NOT NULL,
  -- As those of contribution.
  from_position TEXT NOT NULL,
  from_known_at TEXT NOT NULL,
  from_event TEXT NOT NULL,
  to_position TEXT,
  to_known_at TEXT,
  to_event TEXT
) STRICT;

CREATE INDEX register_contribution_by_record ON register_contribution (record_number) WHERE to_position IS NULL;
