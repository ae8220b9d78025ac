import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Why no calls into the system can be watched here; false where they can. */
export const CANNOT_TRACE: string | false = (() => {
  const { status, error, stderr } = spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  if (error !== undefined) return 'strace is not installed';
  return status === 0 ? false : `strace cannot watch a process here: ${stderr.trim()}`;
})();

const WRITES = ['write', 'writev', 'pwrite64', 'pwritev', 'sendto', 'sendmsg'];
const SYNCS = ['fsync', 'fdatasync'];

/**
 * What a program is to be run under so that its writes and syncs, of all its threads, are kept in a file. The program keeps its pid (-D); file
 * descriptors are told with what they are (-yy), and what is written as a whole (-s).
 */
export const tracedInto = (file: string): readonly string[] => [
  'strace',
  '-D',
  '-f',
  '-q',
  '-yy',
  ...['-s', '100000', '-o', file, '-e', `trace=${[...WRITES, ...SYNCS].join(',')}`],
];

/** A call into the system. Begin and end are places in the order of all that was seen. */
export interface SystemCall {
  readonly kind: 'write' | 'sync';
  /** What it was on: the path of a file, or the ends of a connection. */
  readonly on: string;
  /** What was written; bytes that are no ASCII are escaped. */
  readonly text: string;
  readonly begin: number;
  readonly end: number;
}

const CALL = new RegExp(`^(\\d+) +(${[...WRITES, ...SYNCS].join('|')})\\(\\d+<(.*?)>(?=[,) ])(.*)$`);
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/;
const UNFINISHED = / <unfinished \.\.\.>$/;
const SUCCEEDED = /\) += [1-9]\d*$|\) += 0$/;

/** The calls that succeeded, in the order in which they began; a call that was still under way at the end is left out. */
export const systemCallsIn = (file: string): readonly SystemCall[] => {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, Omit<SystemCall, 'end'>>();
  for (const [place, line] of readFileSync(file, 'latin1').split('\n').entries()) {
    const [, resumedBy, , rest = ''] = RESUMED.exec(line) ?? [];
    if (resumedBy !== undefined) {
      const call = unfinished.get(resumedBy);
      unfinished.delete(resumedBy);
      if (call !== undefined && SUCCEEDED.test(rest)) calls.push({ ...call, end: place });
      continue;
    }
    const [, thread, name, on, text] = CALL.exec(line) ?? [];
    if (thread === undefined || name === undefined || on === undefined || text === undefined) continue;
    const call = { kind: SYNCS.includes(name) ? 'sync' : 'write', on, text, begin: place } as const;
    if (UNFINISHED.test(line)) unfinished.set(thread, call);
    else if (SUCCEEDED.test(line)) calls.push({ ...call, end: place });
  }
  return calls.sort((a, b) => a.begin - b.begin);
};
