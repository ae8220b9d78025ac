import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/** Which of the media types that something is there in the request would rather have (RFC 9110, section 12.5.1). Throws a 406. */
export const acceptedType = <Type extends string>(
  request: FastifyRequest,
  something: string,
  types: readonly Type[],
): Type => {
  const accepted = request.accepts().type([...types]);
  const type = types.find((each) => each === accepted);
  if (type !== undefined) return type;
  throw new Problem('not-acceptable', `${something} is there as ${types.join(' and as ')}`, {
    faults: [{ in: 'header', name: 'Accept', detail: `expected ${types.join(' or ')}` }],
  });
};
