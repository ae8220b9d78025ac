/** Streams of the log by what they hold. */
export const CASE_STREAM_PREFIX = 'case-';

export const caseStream = (caseId: string): string => CASE_STREAM_PREFIX + caseId;
