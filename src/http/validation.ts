import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { refusalsOf, sayWhatIsExpected } from '../../domain/kernel/shape.ts';
import { type Fault, Problem } from './problem.ts';

/**
 * Checks a part of a request by its zod schema and hands the fault on as it is. (The compiler of fastify-type-provider-zod
 * makes text of the paths, which loses how a JSON pointer is escaped and where an unknown field stands.)
 */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const validate = (data: unknown): { value: unknown } | { error: z.ZodError } => {
    const parsed = schema.safeParse(data, { error: sayWhatIsExpected });
    return parsed.success ? { value: parsed.data } : { error: parsed.error };
  };
  if (httpPart !== 'querystring') return validate;
  // Most requests have no query, and the same always comes of it.
  let ofNone: ReturnType<typeof validate> | undefined;
  return (data) => {
    if (Object.keys(data as object).length > 0) return validate(data);
    ofNone ??= validate({});
    return ofNone;
  };
};

/** A part of the request, as fastify names it, did not pass its schema. */
export interface ValidationFailure extends z.ZodError {
  readonly validationContext: 'body' | 'headers' | 'params' | 'querystring';
}

export const isValidationFailure = (error: unknown): error is ValidationFailure =>
  error instanceof z.ZodError && 'validationContext' in error;

const PLACES = { headers: 'header', params: 'path', querystring: 'query' } as const;

export const problemOfValidation = (error: ValidationFailure): Problem => {
  const { validationContext } = error;
  const faults = refusalsOf(error, '').map(({ pointer = '', message }): Fault => {
    if (validationContext === 'body') return { pointer, detail: message };
    // Of one that may be given several times, the name and not the number.
    const [, name = ''] = pointer.split('/');
    return { in: PLACES[validationContext], name, detail: message };
  });
  const said = faults.map((fault) => {
    const place = 'name' in fault ? fault.name : 'pointer' in fault && fault.pointer;
    return `${place || 'the body'}: ${fault.detail}`;
  });
  return new Problem('invalid-request', said.join('; '), { faults });
};
