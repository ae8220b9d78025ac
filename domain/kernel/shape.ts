import type { z } from 'zod';
import type { Refusal } from './refusal.ts';

/** Says what is expected of a field, and of one that is missing that it is, where its schema has no words of its own. */
export const sayWhatIsExpected: z.core.$ZodErrorMap = (issue) => {
  const expected = expectedOf(issue);
  if (expected === undefined) return undefined;
  return issue.input === undefined ? `is required: expected ${expected}` : `expected ${expected}`;
};

const NAMES: Readonly<Record<string, string>> = {
  record: 'an object',
  object: 'an object',
  array: 'a list',
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

const expectedOf = (issue: z.core.$ZodRawIssue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      return NAMES[String(issue.expected)] ?? String(issue.expected);
    case 'invalid_value':
      return `one of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${bound(issue, issue.minimum)}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${bound(issue, issue.maximum)}`;
    default:
      return undefined;
  }
};

const UNITS: Readonly<Record<string, readonly [one: string, several: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

const bound = (issue: { readonly origin?: unknown }, limit: unknown): string => {
  const [one, several] = UNITS[String(issue.origin)] ?? [];
  const unit = Number(limit) === 1 ? one : several;
  return unit === undefined ? String(limit) : `${limit} ${unit}`;
};

/** The faults that a schema found, each with its JSON pointer (RFC 6901) below `prefix`. */
export const refusalsOf = (error: z.ZodError, prefix: string): readonly Refusal[] =>
  error.issues.flatMap((issue) => {
    const at = (path: readonly PropertyKey[]): string =>
      prefix + path.map((part) => `/${escapePointer(String(part))}`).join('');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map(
        (key): Refusal => ({
          code: 'invalid',
          message: `unknown field ${JSON.stringify(key)}`,
          pointer: at([...issue.path, key]),
        }),
      );
    }
    return [{ code: 'invalid', message: issue.message, pointer: at(issue.path) } satisfies Refusal];
  });

/** A name as a step of a JSON pointer (RFC 6901). */
export const escapePointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
