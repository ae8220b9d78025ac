import type { MessagePort } from 'node:worker_threads';
import { type Books, compareBooks } from '../../domain/reconciliation/matching.ts';

/** Compares two books, tells what came of it, and ends. */
export const run = async (books: Books, port: MessagePort): Promise<void> => {
  port.postMessage(compareBooks(books));
};
