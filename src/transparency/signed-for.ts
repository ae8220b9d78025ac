import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readIfThere, syncFolder } from '../secret-file.ts';
import { parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';

/**
 * The largest checkpoint that this node has signed, in a file of its own beside the log: it outlives the log, its restores and the tree, so
 * that what was once signed for is never signed otherwise. Throws where the file holds something else.
 */
export const readSignedFor = (file: string): SignedCheckpoint | undefined => {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return parseCheckpoint(text);
  } catch (cause) {
    throw new Error(`${file} is to hold the last checkpoint that was signed: ${(cause as Error).message}`, { cause });
  }
};

/** Gives back when it is on disk. */
export const writeSignedFor = (file: string, note: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.next`;
  const descriptor = openSync(next, 'w', 0o600);
  try {
    writeFileSync(descriptor, note);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(next, file);
  syncFolder(dirname(file));
};
