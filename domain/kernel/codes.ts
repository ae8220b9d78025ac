import { z } from 'zod';

/** One of some codes; the fault of any other names them all. */
export const oneOf = <Code extends string>(codes: readonly Code[]) =>
  z.enum(codes as readonly [Code, ...Code[]], { error: `expected one of: ${codes.join(', ')}` });

/** The id of a record, which the fault of anything else names: `a case`. */
export const idOf = (something: string) => z.uuid({ error: `expected the id of ${something}` }).toLowerCase();
