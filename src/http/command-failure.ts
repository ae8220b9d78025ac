import type { Refusal } from '../../domain/kernel/refusal.ts';
import type { CommandFailure } from '../application/commands.ts';
import { Problem, retryLater } from './problem.ts';

/** A value at fault is named; what the domain refuses for other reasons says itself what it is about. */
const sentenceOf = ({ code, pointer, message }: Refusal): string =>
  code === 'invalid' && pointer !== undefined ? `${pointer}: ${message}` : message;

/** The problem of a key that came with another body. */
export const keyReused = (): Problem =>
  new Problem(
    'idempotency-key-reused',
    'this Idempotency-Key came with another body before; send the same body again, or a new key',
    { faults: [{ in: 'header', name: 'Idempotency-Key', detail: 'expected a key that was not used yet' }] },
  );

/** The problem of a key with which something came that was erased since: whether this is the same cannot be told. */
const keyOfErased = (): Problem =>
  new Problem(
    'idempotency-key-reused',
    'what came with this Idempotency-Key was carried out and is erased by order since, so that nobody can tell whether this is the same; ' +
      'nothing was written now: read the record, and send what it does not have with a new key',
    { faults: [{ in: 'header', name: 'Idempotency-Key', detail: 'expected a key that was not used yet' }] },
  );

/** How a command that failed is answered: the one place where failures become HTTP. `guide` says where to read what would be accepted. */
export const problemOfCommand = (failure: CommandFailure, noun: string, guide: string): Problem => {
  switch (failure.reason) {
    case 'not-found':
      return new Problem('not-found', `there is no such ${noun}, or it was not shared with your office`);
    case 'not-allowed':
      return new Problem('forbidden', `this ${noun} is not for your role, or not for your office, to write`);
    case 'refused':
      return new Problem('refused', [...failure.refusals.map(sentenceOf), guide].join('; '), {
        faults: failure.refusals.map(({ code, pointer, message }) => ({ code, pointer, detail: message })),
      });
    case 'stale':
      return new Problem(
        'stale',
        `the ${noun} is at revision ${failure.actual}, not at ${failure.expected}; read it again and decide anew`,
        { faults: [{ in: 'header', name: 'If-Match', detail: `expected the ETag of revision ${failure.actual}` }] },
      );
    case 'command-id-reused':
      return failure.erased ? keyOfErased() : keyReused();
    case 'contended':
      return new Problem('contended', `others kept writing this ${noun}; nothing was written, try again`, retryLater);
  }
};
