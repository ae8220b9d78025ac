import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { foldName } from '../../domain/person/folding.ts';
import { eventually } from './eventually.ts';

/** A text in every form in which it may be written to a file. */
const formsOf = (text: string): readonly Buffer[] => {
  const escaped = [...text].map((each) =>
    each < '\u0080' ? each : `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const texts = [
    text.normalize('NFC'),
    text.normalize('NFD'),
    foldName(text),
    escaped.join(''),
    encodeURIComponent(text),
  ];
  return [...texts.map((each) => Buffer.from(each)), Buffer.from(text.normalize('NFC'), 'utf16le')];
};

/** Waits until no file under a directory holds a text: of what somebody still reads, a copy is deleted when he has done. */
export const untilNoFileHas = async (directory: string, text: string): Promise<void> => {
  await eventually(() => filesWith(directory, text).length === 0).catch((cause: unknown) => {
    throw new Error(`${text} is in ${filesWith(directory, text).join(', ')}`, { cause });
  });
};

/** The files under a directory that hold a text in whatever form. */
export const filesWith = (directory: string, text: string): readonly string[] =>
  (readdirSync(directory, { recursive: true }) as string[]).filter((name) => {
    const file = join(directory, name);
    if (!statSync(file).isFile()) return false;
    const bytes = readFileSync(file);
    return formsOf(text).some((form) => bytes.includes(form));
  });
