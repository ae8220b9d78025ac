import autocannon from 'autocannon';

export interface Load {
  readonly connections: number;
  readonly seconds: number;
  /** What every connection sends, over and over; each connection has a context of its own. */
  readonly requests: autocannon.Options['requests'];
  readonly headers?: (connection: number) => Readonly<Record<string, string>>;
  /** Every answer is to be a 304; left out: a 2xx. */
  readonly notModified?: boolean;
}

/** Answers a second under a load on a server of this machine. Throws where anything is answered with an error. */
export const requestsPerSecond = async (
  url: string,
  { connections, seconds, requests, headers, notModified = false }: Load,
): Promise<number> => {
  let connection = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    ...(requests && { requests }),
    setupClient: (client) => {
      if (headers !== undefined) client.setHeaders(headers(connection++));
    },
  });
  const answers = notModified ? result['3xx'] : result['2xx'];
  const failures = result['2xx'] + result.non2xx - answers + result.errors + result.timeouts;
  if (failures > 0) throw new Error(`${failures} requests to ${url} failed: ${JSON.stringify(result.statusCodeStats)}`);
  return answers / result.duration;
};
