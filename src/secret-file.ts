import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The text of a file; undefined where there is no such file. */
export const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * The text of a secret file; makes it, readable by its owner only, where there is none yet, and gives it back only when it is on disk:
 * what is sealed or signed with it must not outlive it. Where two processes start at once, the first to link its file wins, and both read
 * the same.
 */
export const readOrMakeSecretFile = (file: string, make: () => string): string => {
  const there = readIfThere(file);
  if (there !== undefined) return there;
  const folder = dirname(file);
  mkdirSync(folder, { recursive: true });
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, make(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
  syncFolder(folder);
  return readFileSync(file, 'utf8');
};

/** A new name in a folder is durable when the folder is. */
export const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Puts another text into a secret file, and gives back when it is on disk. The bytes that stood there are overwritten where they stood: a
 * file system or a disk that writes elsewhere keeps them all the same.
 */
export const replaceSecretFile = (file: string, text: string): void => {
  const next = `${file}.${randomUUID()}`;
  writeFileSync(next, text, { mode: 0o600, flag: 'wx', flush: true });
  const old = openSync(file, 'r+');
  try {
    const { size } = statSync(file);
    renameSync(next, file);
    syncFolder(dirname(file));
    writeSync(old, Buffer.alloc(size), 0, size, 0);
    fsyncSync(old);
  } finally {
    closeSync(old);
  }
};
