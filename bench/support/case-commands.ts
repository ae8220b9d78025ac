import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type autocannon from 'autocannon';
import { suspectWay } from './case.ts';

interface Context {
  step?: number;
  caseId?: string;
}

const bodies = suspectWay.map((step) => JSON.stringify(step));

const requestFor = (request: autocannon.Request, path: string, step: number): autocannon.Request => ({
  ...request,
  method: 'POST',
  path,
  body: bodies[step] as string,
  headers: { ...request.headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
});

/** The requests of connections that each take one case after the other from its opening to its closing. */
export const caseCommands = () => {
  /** The latest position of all connections. */
  let written = '';

  const setupRequest = (request: autocannon.Request, context: Context): autocannon.Request => {
    context.step = context.caseId === undefined ? 0 : ((context.step ?? -1) + 1) % bodies.length;
    return requestFor(request, context.step === 0 ? '/v1/cases' : `/v1/cases/${context.caseId}/events`, context.step);
  };

  const onResponse = (status: number, body: string, context: Context, headers: IncomingHttpHeaders = {}): void => {
    if (status !== 201) return;
    if (context.step === 0) context.caseId = (JSON.parse(body) as { id: string }).id;
    const position = String(headers['event-position']);
    if (position > written) written = position;
  };

  return { requests: [{ setupRequest, onResponse }], written: () => written };
};

/** The same bodies for a route that does nothing with them. */
export const emptyCommands = (): autocannon.Request[] => [
  {
    setupRequest: (request, context: Context) => {
      context.step = ((context.step ?? -1) + 1) % bodies.length;
      return requestFor(request, '/empty', context.step);
    },
  },
];
