import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { AT_THE_COMMAND_LINE } from '../../domain/access/record.ts';
import type { Side } from '../../domain/kernel/sides.ts';
import { type EventLogLocation, openEventLog } from '../event-log/open.ts';
import { LogLocked } from '../event-log/port.ts';
import { LockHeld } from '../process-lock.ts';
import { spoolDirectory, startAccessRecorder } from './recorder.ts';
import { putIntoSpool } from './spool.ts';

interface AtTheCommandLine {
  /** Where the node keeps what waits for the log. */
  readonly directory: string;
  readonly log: EventLogLocation;
  readonly side: Side;
}

/**
 * Puts on record that whoever runs a command is shown everything; gives back when that is durable. Where a service has the directory it
 * sends it to the log; else that is done here. Throws what the file system and the log throw: then nothing is to be shown.
 */
export const recordExport = async (
  command: string,
  { directory, log: location, side }: AtTheCommandLine,
): Promise<void> => {
  await putIntoSpool(spoolDirectory(directory), {
    id: randomUUID(),
    at: new Date().toISOString(),
    by: { subject: userInfo().username, side, role: AT_THE_COMMAND_LINE },
    part: 'everything',
    outcome: 'shown',
    records: [],
    operation: command,
  });
  try {
    const log = await openEventLog(location);
    try {
      await startAccessRecorder({ directory, log, clock: () => new Date() }).close();
    } finally {
      await log.close();
    }
  } catch (error) {
    if (!(error instanceof LockHeld) && !(error instanceof LogLocked)) throw error;
  }
};
