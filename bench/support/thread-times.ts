import { readdirSync, readFileSync } from 'node:fs';

/** Processor time of a thread so far, in microseconds. */
export interface ThreadTime {
  readonly name: string;
  readonly user: number;
  readonly system: number;
}

/** Linux counts in hundredths of a second (proc(5), `utime` and `stime`). */
const TICK_US = 10_000;

/** The threads of a process by their id, as Linux tells them. */
export const threadTimes = (pid: number): ReadonlyMap<string, ThreadTime> => {
  const times = new Map<string, ThreadTime>();
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    const stat = readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8');
    const end = stat.lastIndexOf(')');
    const fields = stat.slice(end + 2).split(' ');
    const [user, system] = [fields[11], fields[12]].map((ticks) => Number(ticks) * TICK_US) as [number, number];
    times.set(id, { name: stat.slice(stat.indexOf('(') + 1, end), user, system });
  }
  return times;
};
