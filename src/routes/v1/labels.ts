import { z } from 'zod';
import { labelOf, statusesOf } from '../../../domain/code-lists.ts';
import type { Fields } from '../../../domain/kernel/event.ts';
import { LISTS_OF_FIELDS } from '../../../domain/labels/fields.ts';
import type { Language } from '../../../domain/reference/entry.ts';

/** Beside the codes of an answer, what they are called: by the field that holds them. */
export const labelsSchema = z
  .record(z.string(), z.union([z.string(), z.array(z.string())]))
  .optional()
  .describe('What the codes are called, by field; only where `Accept-Language` names en, zh-Hans or vi');

/** What codes are called, by the field that holds them. */
type LabelsByField = Record<string, string | string[]>;

/** Codes by their field, each with the list that it is of. */
type Codes = Readonly<Record<string, readonly [list: string, code: unknown]>>;

/** The labels of codes by their fields; what has no value has no label, and nothing has any where no language was asked for. */
export const labelsIn = (language: Language | undefined, codes: Codes): LabelsByField | undefined =>
  language &&
  Object.fromEntries(
    Object.entries(codes).flatMap(([field, [list, code]]) => {
      if (code === undefined) return [];
      const called = (each: unknown): string => labelOf(list, String(each), language);
      return [[field, Array.isArray(code) ? code.map(called) : called(code)] as const];
    }),
  );

/** The labels of a record as it is shown. */
export const labelsOfRecord = (category: string, document: Fields, language: Language): LabelsByField | undefined => {
  const lists = { ...LISTS_OF_FIELDS[category], status: statusesOf(category) };
  return labelsIn(
    language,
    Object.fromEntries(Object.entries(lists).map(([field, list]) => [field, [list, document[field]] as const])),
  );
};
