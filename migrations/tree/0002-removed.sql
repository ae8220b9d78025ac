-- Leaves whose events were removed from the log after the time for which they are kept: where each stood, and its hash, as the log says.
CREATE TABLE removed (
  position TEXT PRIMARY KEY,
  hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;
