import type { z } from 'zod';
import type { Refusal } from './refusal.ts';

/** Says of a field that is missing that it is, where its schema has no words of its own. */
export const sayWhatIsMissing: z.core.$ZodErrorMap = (issue) =>
  issue.code === 'invalid_type' && issue.input === undefined
    ? `is required: expected ${issue.expected === 'record' ? 'object' : issue.expected}`
    : undefined;

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

const escapePointer = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');
