/**
 * A program of tests alone: appends an event to the embedded log for each request, by the writer of the service, and answers with its
 * position. How it syncs is its second argument, which the service does not let anybody choose.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openForWriting } from '../../src/event-log/sqlite/database.ts';
import { toPosition } from '../../src/event-log/sqlite/position.ts';
import { Writer } from '../../src/event-log/sqlite/writer.ts';

const serve = (file: string, synchronous: string): void => {
  const database = openForWriting(file);
  database.exec(`PRAGMA synchronous = ${synchronous}`);
  const writer = new Writer(database);
  const server = createServer((_request, response) => {
    const event = { id: randomUUID(), type: 'reported', data: '{}', metadata: '{}' };
    const stream = `case-${randomUUID()}`;
    const [result] = writer.commit([{ kind: 'append', stream, expected: 'no-stream', events: [event] }]);
    if (result?.kind !== 'appended') throw new Error('a new stream takes an event');
    response.writeHead(201, { 'event-position': toPosition(result.position) }).end('{}');
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
  });
  process.once('SIGTERM', () => {
    server.close(() => database.close());
    server.closeAllConnections();
  });
};

const [file, synchronous] = process.argv.slice(2);
if (file !== undefined && synchronous !== undefined) serve(file, synchronous);
