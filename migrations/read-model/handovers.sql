-- What is needed of a case to count what it contributes to figures.
CREATE TABLE counted_case (
  case_number INTEGER PRIMARY KEY,
  -- The number of a case.
  merged_into INTEGER,
  state TEXT NOT NULL
) STRICT;

CREATE INDEX counted_case_by_merge ON counted_case (merged_into) WHERE merged_into IS NOT NULL;

-- One person's line in one handover, capture or rescue, as it counted from one event on, and until another where that is over: once for
-- each time from one word of the other side to the next, so that it counts as what had been said by any day.
CREATE TABLE contribution (
  number INTEGER PRIMARY KEY,
  record_number INTEGER NOT NULL,
  measure TEXT NOT NULL,
  -- The event that handed the person over, or told what else is counted.
  event_id TEXT NOT NULL,
  date TEXT NOT NULL,
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  -- Null where the date leaves the year open.
  year INTEGER,
  direction TEXT NOT NULL,
  kind TEXT NOT NULL,
  incident TEXT NOT NULL,
  -- JSON list of codes.
  offences TEXT NOT NULL,
  -- Of a handover: the pass, and the minutes for many persons; the province of what else is counted.
  pass TEXT,
  minutes TEXT,
  province TEXT,
  -- Of the two sides, where they are known.
  delivering_office TEXT,
  receiving_office TEXT,
  -- The year into which the book of one side can put a handover, where that is another.
  other_year INTEGER,
  -- Whose word it is: 1 where the delivering, and the receiving side says so.
  delivered INTEGER NOT NULL,
  received INTEGER NOT NULL,
  -- How the two go together, and the JSON list of what they have otherwise; null where no handover is counted.
  agreement TEXT,
  differs_in TEXT NOT NULL,
  -- By the end of which day the word of the other side had been said; null where it holds from the beginning. From which day on the next
  -- can have been said, and by the end of which it had been; null of the latest.
  said_by TEXT,
  next_said_from TEXT,
  next_said_by TEXT,
  -- The event from which on it counted: its place in the log, and what was known by then.
  from_position TEXT NOT NULL,
  from_known_at TEXT NOT NULL,
  from_event TEXT NOT NULL,
  -- The same of the event that ended it; null while it counts.
  to_position TEXT,
  to_known_at TEXT,
  to_event TEXT
) STRICT;

CREATE INDEX contribution_by_record ON contribution (record_number) WHERE to_position IS NULL;
