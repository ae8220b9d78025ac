import { TimeoutError } from '@eventstore/db-client';
import t from 'tap';
import { Connection } from '../../src/event-log/eventstoredb/connection.ts';
import { NoAnswer } from '../../src/event-log/eventstoredb/failures.ts';
import { withSettings } from '../../src/event-log/eventstoredb/settings.ts';

/** ABORTED, https://grpc.io/docs/guides/status-codes/ */
const aborted = Object.assign(new Error('10 ABORTED: Operation timed out: Commit phase timeout.'), {
  code: 10,
  details: 'Operation timed out: Commit phase timeout.',
});

t.test(
  'a client is given up after silence, and not because the server says that something took too long',
  async (t) => {
    const connection = new Connection(withSettings('esdb://127.0.0.1:2113?tls=false'), new AbortController().signal);
    t.teardown(() => connection.close());
    const { client, retired } = connection.lease();
    for (let times = 0; times < 3; times++) connection.failed(new TimeoutError(aborted as never), client);
    t.equal(retired.aborted, false);
    for (let times = 0; times < 2; times++) connection.failed(new NoAnswer('no answer'), client);
    t.equal(retired.aborted, true);
    t.not(connection.lease().client, client);
  },
);

/** What the client calls when a call has failed on a connection that it has given up already, and awaits nowhere. */
type Recovers = (failedOn: object, error: Error) => Promise<void>;

t.test('a client that finds no node of its cluster ends no process', async (t) => {
  const connection = new Connection(
    withSettings('esdb://127.0.0.1:1,127.0.0.1:2?tls=false&maxDiscoverAttempts=1'),
    new AbortController().signal,
  );
  t.teardown(() => connection.close());
  const { client } = connection.lease();
  const appended = client.appendToStream('stream', [], { credentials: { username: 'nobody', password: 'nothing' } });
  const { handleError } = client as unknown as { readonly handleError: Recovers };
  const recovered = handleError({ getChannel: () => undefined }, Object.assign(new Error('lost'), { code: 14 }));
  await t.rejects(appended, /discover/);
  await t.resolves(recovered);
});
