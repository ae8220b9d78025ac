-- The last revision of the stream of removals of which note was taken; -1 before the first. What was removed before is read once more.
ALTER TABLE progress ADD COLUMN removals INTEGER NOT NULL DEFAULT -1;
