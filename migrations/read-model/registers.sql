-- Where every record of the registers stands: requests and what else is no case.
CREATE TABLE register_record (
  -- That of numbered_record.
  record_number INTEGER PRIMARY KEY,
  category TEXT NOT NULL,
  revision INTEGER NOT NULL,
  -- JSON list of the offices that see it.
  offices TEXT NOT NULL,
  -- JSON text of the fold of what is open, and of the record as it is shown.
  state TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;

-- What records are found by: their status, the offices that see them, and what their register names besides.
CREATE TABLE register_reference (
  category TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  record_number INTEGER NOT NULL,
  PRIMARY KEY (category, name, value, record_number)
) STRICT, WITHOUT ROWID;
