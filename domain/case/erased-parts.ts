/** What of a case can be erased: all that identifies its person, or one name or document of theirs. */
export const ERASED_PARTS = ['person', 'alias', 'document'] as const;
export type ErasedPart = (typeof ERASED_PARTS)[number];
