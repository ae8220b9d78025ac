import { Agent, request } from 'node:http';

export interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answered {
  /** 0 where the connection failed; undefined where it was not sent, since as many as a proxy in front holds open had no answer yet. */
  readonly status: number | undefined;
  readonly ms: number;
}

const TICK_MS = 5;

/** At once, as of a proxy in front of a service. */
const MOST_CONNECTIONS = 2_000;

/**
 * Sends so many requests a second for some seconds, whether or not earlier ones were answered, and waits for the answers. `next` gives the one
 * to be sent.
 */
export const sendAtRate = async (
  url: string,
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  next: () => Sent,
): Promise<readonly Answered[]> => {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: MOST_CONNECTIONS });
  const { hostname, port } = new URL(url);
  const send = ({ path, headers, body }: Sent): Promise<Answered> =>
    new Promise((resolve) => {
      const began = performance.now();
      const sent = request({ agent, hostname, port, path, method: 'POST', headers }, (answer) => {
        answer.resume().once('end', () => resolve({ status: answer.statusCode ?? 0, ms: performance.now() - began }));
      });
      sent.once('error', () => resolve({ status: 0, ms: performance.now() - began })).end(body);
    });
  const began = performance.now();
  let underWay = 0;
  const sendUnlessTooMany = async (sent: Sent): Promise<Answered> => {
    if (underWay >= MOST_CONNECTIONS) return { status: undefined, ms: 0 };
    underWay += 1;
    return send(sent).finally(() => {
      underWay -= 1;
    });
  };
  const answers: Promise<Answered>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = Math.min(performance.now() - began, seconds * 1_000);
      while (answers.length < (perSecond * elapsed) / 1_000) answers.push(sendUnlessTooMany(next()));
      if (elapsed < seconds * 1_000) return;
      clearInterval(timer);
      resolve();
    }, TICK_MS);
  });
  const all = await Promise.all(answers);
  agent.destroy();
  return all;
};
