import { readFileSync } from 'node:fs';

/** The most megabytes of a process that were in memory; on Linux (proc(5), `VmHWM`). */
export const mostMegabytesOf = (pid: number): number =>
  Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
