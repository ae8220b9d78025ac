import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';

const run = (command: string, ...args: readonly string[]): string | undefined => {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return status === 0 ? undefined : `${command}: ${error?.message ?? stderr.trim()}`;
};

/** Why no disk can be made here; false where one can. */
export const CANNOT_MOUNT: string | false =
  process.platform === 'linux' && process.getuid?.() === 0 ? false : 'a disk of its own needs root on Linux';

export interface SmallDisk {
  readonly directory: string;
  /** Mounts it elsewhere too; false where that may not be done. */
  appearAt(directory: string): boolean;
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  free(): void;
}

/** A folder of the test's own, in which something may be mounted: the test runner would try to delete its folders before that is undone. */
export const folderOf = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'handover-ledger-disk-'));
  t.after(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
};

/** A disk of so many MiB, in memory; it goes with the test. Undefined where it may not be mounted, as in many containers. */
export const mountSmallDisk = (t: Test, mebibytes: number): SmallDisk | undefined => {
  const directory = folderOf(t);
  if (run('mount', '-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', directory) !== undefined) return undefined;
  t.after(() => run('umount', '--lazy', directory));
  const filler = join(directory, 'filler');
  return {
    directory,
    appearAt: (elsewhere) => {
      if (run('mount', '--bind', directory, elsewhere) !== undefined) return false;
      t.after(() => run('umount', '--lazy', elsewhere));
      return true;
    },
    fill: () => {
      const file = openSync(filler, 'a');
      try {
        for (const size of [65_536, 4_096]) {
          const piece = Buffer.alloc(size);
          for (;;) if (writeSync(file, piece) < size) break;
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler),
  };
};

/** Lets a file be read and no more, whoever is to write it, until the returned function is called; undefined where that may not be done. */
export const makeReadOnly = (t: Test, file: string): (() => void) | undefined => {
  if (run('mount', '--bind', file, file) !== undefined) return undefined;
  const release = (): void => {
    run('umount', '--lazy', file);
  };
  t.after(release);
  if (run('mount', '-o', 'remount,bind,ro', file) !== undefined) throw new Error(`${file} cannot be made read-only`);
  return release;
};
