-- What queries are quick by, and projecting has no need of: made once the read model is built.

CREATE INDEX IF NOT EXISTS register_contribution_by_measure ON register_contribution (measure, first_day);
