import type { CaseEventType } from './events.ts';

/**
 * The version of the shapes in which case events are written now. Stored bytes never change: a changed shape gets the next
 * number and a step below that lifts the older one when it is read. `test/domain/case/corpus.ndjson` keeps each stored version.
 */
export const CASE_SCHEMA_VERSION = 1;

/** Lifts the open data of a stored event to the shapes of today. Throws where a newer program has written it. */
export const upcast = (
  type: string,
  version: number,
  open: Readonly<Record<string, unknown>>,
): { readonly type: CaseEventType; readonly open: Readonly<Record<string, unknown>> } => {
  if (version > CASE_SCHEMA_VERSION) {
    throw new Error(
      `${type} was written in version ${version} of the case events; this program knows ${CASE_SCHEMA_VERSION}`,
    );
  }
  return { type: type as CaseEventType, open };
};
