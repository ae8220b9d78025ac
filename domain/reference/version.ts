/**
 * Names the state of the reference data; every event records the one under which it was accepted. Whoever changes an entry of
 * `catalogue.ts` gives a new version: the next whole number.
 */
export const REFERENCE_VERSION = '5';
