import { z } from 'zod';

/** Text that a person wrote, kept as written. Of control characters it has line breaks and tabs only. */
export const textSchema = (max: number) =>
  z
    .string()
    .trim()
    .min(1, { error: 'expected some text, not only white space', abort: true })
    .max(max)
    .regex(/^[^\p{Cc}]*(?:[\n\r\t][^\p{Cc}]*)*$/u, { error: 'expected text without control characters', abort: true });

/**
 * The same in one line: a name, a number. Something of it can be read and searched for, and nothing of it is invisible or turns the
 * direction of writing (Unicode categories Cc and Cf, and the Hangul fillers, which are letters that nobody sees).
 */
export const lineSchema = (max: number) =>
  textSchema(max)
    .regex(/^[^\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0]*$/u, {
      error: 'expected one line, without control characters or invisible ones',
      abort: true,
    })
    .regex(/[\p{L}\p{N}]/u, { error: 'expected a letter or a digit in it' });
