-- The revision of an event about which something was found, in the stream that the kind tells, so that it can be looked at again; null of
-- what was found of leaves.
ALTER TABLE finding ADD COLUMN revision INTEGER;
