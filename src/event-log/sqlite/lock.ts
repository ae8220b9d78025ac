import { holdLock, LockHeld } from '../../process-lock.ts';
import { LogLocked } from '../port.ts';

/** Keeps a second writer of a log out, in this process or another one, until the lock is closed. Throws LogLocked. */
export const lockForWriting = (file: string): { close(): void } => {
  const lockFile = `${file}.lock`;
  try {
    return holdLock(lockFile);
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error;
    throw new LogLocked(
      `${error.holder} writes the event log ${file}: stop it first, or give this one another DATA_DIR or LEDGER_NAME. ` +
        `${lockFile} need not be deleted: the lock ends with the process that holds it.`,
    );
  }
};
