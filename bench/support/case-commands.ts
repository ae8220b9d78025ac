import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type autocannon from 'autocannon';
import { suspectWay } from './case.ts';

interface Context {
  step?: number;
  caseId?: string;
}

const bodies = suspectWay.map((step) => JSON.stringify(step));

const FURTHER = JSON.stringify({
  type: 'particulars-recorded',
  occurredAt: '2024-01-01',
  data: { particulars: { birthDate: { date: '1985', estimated: true } } },
});

const requestFor = (request: autocannon.Request, path: string, step: number): autocannon.Request =>
  postOf(request, path, bodies[step] as string);

const postOf = (request: autocannon.Request, path: string, body: string): autocannon.Request => ({
  ...request,
  method: 'POST',
  path,
  body,
  headers: { ...request.headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
});

/** The requests of connections that each take one case after the other from its opening to its closing. */
export const caseCommands = () => {
  const latest = latestPosition();

  const setupRequest = (request: autocannon.Request, context: Context): autocannon.Request => {
    context.step = context.caseId === undefined ? 0 : ((context.step ?? -1) + 1) % bodies.length;
    return requestFor(request, context.step === 0 ? '/v1/cases' : `/v1/cases/${context.caseId}/events`, context.step);
  };

  const onResponse = (status: number, body: string, context: Context, headers: IncomingHttpHeaders = {}): void => {
    if (status !== 201) return;
    if (context.step === 0) context.caseId = (JSON.parse(body) as { id: string }).id;
    latest.saw(headers);
  };

  return { requests: [{ setupRequest, onResponse }], written: latest.position };
};

/** The requests of connections that record something more of the person of one case after the other, of those that are given, by turns. */
export const furtherCommands = (caseIds: readonly string[]) => {
  const latest = latestPosition();
  let next = 0;
  const setupRequest = (request: autocannon.Request): autocannon.Request =>
    postOf(request, `/v1/cases/${caseIds[next++ % caseIds.length]}/events`, FURTHER);
  const onResponse = (_status: number, _body: string, _context: Context, headers: IncomingHttpHeaders = {}): void =>
    latest.saw(headers);
  return { requests: [{ setupRequest, onResponse }], written: latest.position };
};

/** The latest position of all connections. */
const latestPosition = () => {
  let latest = '';
  return {
    saw: ({ 'event-position': position = '' }: IncomingHttpHeaders): void => {
      if (String(position) > latest) latest = String(position);
    },
    position: () => latest,
  };
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
