import type { Fields } from '../kernel/event.ts';
/**
 * The version of the shapes in which case events are written now. Stored bytes never change: a changed shape gets the next
 * number and a step below that lifts the older one when it is read. `test/domain/case/corpus.ndjson` keeps each stored version.
 */
export const CASE_SCHEMA_VERSION = 1;

/** Lifts the open data of a stored event to the shapes of today. */
export const upcast = (
  type: string,
  _version: number,
  open: Fields,
): { readonly type: string; readonly open: Fields } => ({
  type,
  open,
});
