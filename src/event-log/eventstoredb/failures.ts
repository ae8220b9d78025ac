import { ErrorType, isCommandError } from '@eventstore/db-client';

/** The server gave no answer in time, and the client did not notice. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/**
 * What a failure of a call says.
 * - `answered`: the server has said no; asking again gives the same.
 * - `late`: it did not answer in time.
 * - `lost`: it cannot be reached, or not this node, now; or it says that it did not come to an end with the call in its own time.
 * - `undiscovered`: no node of the cluster was found; a client that has seen this stays with it.
 * - `unknown`: the server failed in a way that may pass.
 */
export type FailureKind = 'answered' | 'late' | 'lost' | 'undiscovered' | 'unknown';

const KINDS: ReadonlyMap<string, FailureKind> = new Map([
  [ErrorType.TIMEOUT, 'lost'],
  [ErrorType.DEADLINE_EXCEEDED, 'late'],
  [ErrorType.UNAVAILABLE, 'lost'],
  [ErrorType.NOT_LEADER, 'lost'],
  [ErrorType.CANCELLED, 'lost'],
  [ErrorType.UNKNOWN, 'unknown'],
]);

/** UNAVAILABLE, https://grpc.io/docs/guides/status-codes/ */
const GRPC_UNAVAILABLE = 14;

export const kindOf = (error: unknown): FailureKind => {
  if (error instanceof NoAnswer) return 'late';
  if (!(error instanceof Error)) return 'unknown';
  if (isCommandError(error)) return KINDS.get(error.type) ?? 'answered';
  // The client gives some of its failures as they came from below: a server's answer is never among them.
  if (/discover/i.test(error.message)) return 'undiscovered';
  return 'code' in error && error.code === GRPC_UNAVAILABLE ? 'lost' : 'unknown';
};

/** Whether the server refused because of what `type` says. */
export const isRefusal = (error: unknown, type: ErrorType): boolean =>
  error instanceof Error && isCommandError(error) && error.type === type;
