import type { FastifyReply, FastifyRequest } from 'fastify';
import { CSV_MEDIA_TYPE } from './csv.ts';
import { acceptedType } from './media-type.ts';
import { JSON_MEDIA_TYPE } from './prepared.ts';

/** The forms in which tables are answered. */
export type TableFormat = 'json' | 'csv';

/** The one that was asked for by name, else by `Accept`. Throws a 406; `something` is what the table is called in it. */
export const tableFormat = (request: FastifyRequest, something: string, asked: TableFormat | undefined): TableFormat =>
  asked ?? (acceptedType(request, something, ['application/json', 'text/csv']) === 'text/csv' ? 'csv' : 'json');

/** Answers with a table that is text already; as CSV it is a file of this name. */
export const sendTable = (reply: FastifyReply, format: TableFormat, fileName: string, text: string): FastifyReply => {
  if (format === 'json') return reply.type(JSON_MEDIA_TYPE).send(text);
  return reply.header('content-disposition', `attachment; filename="${fileName}.csv"`).type(CSV_MEDIA_TYPE).send(text);
};
