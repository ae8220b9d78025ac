-- Deadlines on which somebody still has to act, for each office that sees their record, and once more under no office for those who see
-- every record. Whether one is overdue is asked with a clock.
CREATE TABLE deadline (
  office TEXT NOT NULL,
  -- The last day, by the clock of the side.
  due TEXT NOT NULL,
  record_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  -- The category of the record.
  kind TEXT NOT NULL,
  side TEXT NOT NULL,
  started TEXT NOT NULL,
  started_by TEXT,
  is_earliest INTEGER NOT NULL,
  extended_from TEXT,
  PRIMARY KEY (office, due, record_id, rule)
) STRICT, WITHOUT ROWID;
