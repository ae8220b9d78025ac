/** Result codes of SQLite, https://www.sqlite.org/rescode.html: SQLITE_CORRUPT and SQLITE_NOTADB. */
const DAMAGES: ReadonlySet<number> = new Set([11, 26]);

/** The result code of SQLite that an error of node:sqlite carries, without its extension; undefined of other errors. */
export const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;

/** Whether a file is not what was written to it. */
export const isDamage = (error: unknown): boolean => DAMAGES.has(resultCode(error) ?? 0);

/** What a person has to do about a view whose file is damaged. */
export const damageOfView = (error: unknown): string =>
  `its file is damaged (${(error as Error).message}): stop the service and run \`npm run cli -- rebuild\`, which builds the views from the log`;

/** What a person has to do about an embedded log whose file is damaged. */
export const damageOfLog = (error: unknown): string =>
  `its file is damaged (${(error as Error).message}): stop the service, keep the file, and restore the log from its last backup by \`npm run cli -- restore\``;
