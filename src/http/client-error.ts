import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PROBLEM_MEDIA_TYPE, Problem, problemJson } from './problem.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Answers what never became a request: it is not HTTP, its headers are too large, or it did not arrive in time. */
export const answerClientError = (error: Error & { readonly code?: string }, socket: Socket): void => {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const problem = problemOf(error.code);
    const requestId = randomUUID();
    const body = problemJson(problem, requestId);
    socket.write(
      [
        `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
        `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...Object.entries({ ...SECURITY_HEADERS, 'x-request-id': requestId }).map(
          ([name, value]) => `${name}: ${value}`,
        ),
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  }
  socket.destroy(error);
};

/** The codes are Node's: https://nodejs.org/api/http.html#event-clienterror */
const problemOf = (code: string | undefined): Problem => {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new Problem('request-timeout', 'the request did not arrive in time; send it again');
    case 'HPE_HEADER_OVERFLOW':
      return new Problem('headers-too-large', 'the headers are larger than 16 KiB');
    default:
      return new Problem('malformed-request', 'expected a request in HTTP/1.1');
  }
};
