/**
 * Why the domain does not accept a command. `code` is stable and is what programs look at; `message` says what would be
 * right; `pointer` is the JSON pointer (RFC 6901) into the command where one field is at fault.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly pointer?: string;
}

export type RefusalCode =
  /** The shape of the command is wrong: a type, a missing or an unknown field, an unknown code. */
  | 'invalid'
  /** There is no such event type for this kind of case. */
  | 'unknown-event-type'
  /** The event exists, but not from the state in which the case stands. */
  | 'out-of-order'
  /** The event may not be stated by this side. */
  | 'wrong-side'
  /** It would have happened after it is recorded. */
  | 'in-the-future'
  /** It would have happened before something that it follows. */
  | 'times-out-of-order'
  /** A safeguard that the event depends on is not on record. */
  | 'safeguard-missing'
  /** A code of the reference data is not valid on the day in question, or for this kind of case. */
  | 'reference-not-valid'
  /** A correction, an annulment or a late record names an event that it cannot name. */
  | 'no-such-event'
  /** A correction, an annulment or a late record would leave a history that cannot have happened. */
  | 'impossible-history'
  /** Another record that the command names is not there or does not suit. */
  | 'unsuitable-record'
  /** No deadline is running that the event could extend. */
  | 'no-such-deadline';

/** A safeguard is missing, or the word of the side whose it is; `pointer` where it can be given with the event. */
export const missing = (message: string, pointer?: string): Refusal => ({
  code: 'safeguard-missing',
  message,
  ...(pointer && { pointer }),
});

/** The shape of a command is wrong at one place. */
export const invalid = (message: string, pointer: string): Refusal => ({ code: 'invalid', message, pointer });
