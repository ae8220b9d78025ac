-- What queries are quick by, and projecting has no need of: made once the read model is built.

-- The lines of a year's figure, in the order in which they are listed.
CREATE INDEX IF NOT EXISTS contribution_by_year ON contribution (year, direction, kind, number) WHERE measure = 'handed-over';
-- The lines of a period, in the order in which they are listed; and those of which it is known only roughly when it was.
CREATE INDEX IF NOT EXISTS contribution_by_day ON contribution (measure, kind, last_day, number);
CREATE INDEX IF NOT EXISTS contribution_by_rough_day ON contribution (measure, kind, last_day) WHERE first_day <> last_day;
-- The worklist of handovers, the latest first: what no two sides agree on is little of all.
CREATE INDEX IF NOT EXISTS handover_by_agreement ON contribution (agreement, direction, kind, last_day, number)
  WHERE measure = 'handed-over' AND to_position IS NULL AND next_said_by IS NULL;
CREATE INDEX IF NOT EXISTS handover_by_pass ON contribution (pass, kind, last_day, number)
  WHERE measure = 'handed-over' AND to_position IS NULL AND next_said_by IS NULL;
-- What changed from one place in the log to another. Both grow at the end of each measure.
CREATE INDEX IF NOT EXISTS contribution_by_beginning ON contribution (measure, from_position);
CREATE INDEX IF NOT EXISTS contribution_by_end ON contribution (measure, to_position) WHERE to_position IS NOT NULL;
CREATE INDEX IF NOT EXISTS contribution_at_new_year ON contribution (number) WHERE other_year IS NOT NULL;
