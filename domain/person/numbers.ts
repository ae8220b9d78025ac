import type { Person } from './person.ts';

type IdentityDocument = NonNullable<Person['documents']>[number];

/** A number for comparison: numbers are compared without spaces, dots, hyphens and slashes, and without regard to case. */
export const foldNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .replace(/[\s./-]+/gu, '')
    .toLowerCase();

/** Whether two documents have one number and nothing else tells them apart. */
export const isSameDocument = (a: IdentityDocument, b: IdentityDocument): boolean =>
  foldNumber(a.number) === foldNumber(b.number) &&
  (a.type === b.type || a.type === 'other' || b.type === 'other') &&
  (a.issuedBy === undefined || b.issuedBy === undefined || a.issuedBy === b.issuedBy);
