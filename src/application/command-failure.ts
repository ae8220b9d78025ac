import type { CommandFailure } from './commands.ts';

/** Why a command failed, in codes alone: messages can tell what is sealed, and a log is read by others. */
const reasonOf = (failure: CommandFailure): string =>
  failure.reason === 'refused' ? failure.refusals.map(({ code }) => code).join(', ') : failure.reason;

/** What is thrown where the ledger cannot record what it has to by itself. */
export const cannotBeRecorded = (what: string, failure: CommandFailure): Error =>
  new Error(`${what} cannot be recorded: ${reasonOf(failure)}`);

/** Whether others have gone on with the record meanwhile, so that it is looked at again what is still to be done. */
export const isOvertaken = (failure: CommandFailure): boolean =>
  failure.reason === 'contended' ||
  (failure.reason === 'refused' && failure.refusals.every(({ code }) => code === 'out-of-order'));
