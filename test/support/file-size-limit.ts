import { spawnSync } from 'node:child_process';

const prlimit = (...args: readonly string[]): boolean => spawnSync('prlimit', args).status === 0;

/** Why a process cannot be kept from letting files grow here; false where it can. */
export const CANNOT_LIMIT: string | false = prlimit('--version') ? false : 'prlimit (util-linux) is not here';

/** Lets no file of a process grow, as where its user's share of a disk is used up (EFBIG), until the returned function is called. */
export const letNoFileGrow = (pid: number): (() => void) => {
  const limit = (bytes: string): void => {
    // The soft limit alone: the hard one could not be lifted again.
    if (!prlimit('--pid', String(pid), `--fsize=${bytes}:`)) throw new Error(`${pid} cannot be limited`);
  };
  limit('1');
  return () => limit('unlimited');
};
