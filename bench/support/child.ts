import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What a program of this folder, run in a process of its own, says of itself. */
export interface Measured {
  readonly seconds: number;
  /** Largest resident set of the process, in MB. */
  readonly megabytes: number;
}

/** Runs a program, with the flags of this process, that ends with a line of JSON with its `seconds`; its memory is added by `reportMeasured`. */
export const runMeasured = async (program: string, args: readonly string[]): Promise<Measured> => {
  const file = fileURLToPath(new URL(`../${program}`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, file, ...args]);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as Measured;
};

/** Prints what was measured of the calling process, for `runMeasured`. `maxRSS` is in kilobytes. */
export const reportMeasured = (seconds: number): void => {
  process.stdout.write(`${JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024 })}\n`);
};
