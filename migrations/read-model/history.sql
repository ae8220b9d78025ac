-- Every event of every record as it was recorded, in log order; what is sealed stays sealed.
CREATE TABLE event (
  position TEXT PRIMARY KEY,
  record_number INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  known_at TEXT NOT NULL,
  -- JSON text as the log has it.
  data TEXT NOT NULL,
  metadata TEXT NOT NULL
) STRICT;
