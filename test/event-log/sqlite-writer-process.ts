/**
 * A process that appends one event after the other, and tells its parent the id of each that was answered. Run without
 * a file, as when all files of the folder are run, it does nothing.
 */
import { openSqliteEventLog } from '../../src/event-log/sqlite/adapter.ts';
import { newEvent, newStream } from './contract/support.ts';

const WRITERS = 4;
const [file, count] = process.argv.slice(2);

const writeTo = async (file: string, count: number): Promise<void> => {
  const log = await openSqliteEventLog(file);
  process.send?.('open');
  const appendMany = async (): Promise<void> => {
    for (let index = 0; index < count / WRITERS; index += 1) {
      const event = newEvent();
      await log.append(newStream(), 'no-stream', [event]);
      process.send?.(event.id);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, appendMany));
};

if (file !== undefined) await writeTo(file, Number(count));
