/** What EventStoreDB's client needs to know of one ledger on one server or cluster. */
export interface EventStoreDbOptions {
  /** `esdb://` or `esdb+discover://`, as EventStoreDB documents it; its timeouts are set here. */
  readonly connectionString: string;
  /** Name of the ledger; its streams are called `<ledger>:<stream>` on the server. */
  readonly ledger: string;
  /** Left out: those in the connection string. */
  readonly credentials?: Credentials;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** How long the server may take for one call; the client's own timers come a little later. */
export const CALL_DEADLINE_MS = 3_000;

/**
 * - An append to a stream at another revision is an answer, not an exception; the client takes this setting for a
 *   connection and not for a call.
 * - Pings find a connection that broke without a word (10 s is the shortest interval that the client accepts quietly).
 */
const SETTINGS = `throwOnAppendFailure=false&defaultDeadline=${CALL_DEADLINE_MS}&keepAliveInterval=10000&keepAliveTimeout=5000`;

/** The connection string with the settings that the adapter relies on; of two settings the client takes the later. */
export const withSettings = (connectionString: string): string => {
  const trimmed = connectionString.trim().replace(/\/+$/, '');
  return `${trimmed}${trimmed.includes('?') ? '&' : '?'}${SETTINGS}`;
};

const inConnectionString = (connectionString: string): Credentials | undefined => {
  const { username, password } =
    /^[^:]+:\/\/(?<username>[^:@/]+):(?<password>[^@/]+)@/.exec(connectionString)?.groups ?? {};
  if (username === undefined || password === undefined) return undefined;
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
};

/**
 * The credentials that go with every call. Only with credentials does the client append by single calls, whose deadlines
 * hold; without them it uses one shared batch stream, which stays broken for long after a cluster has lost its quorum.
 * An insecure server ignores them, so that any do. Throws TypeError where a secure one is to be used without.
 */
export const credentialsOf = ({ connectionString, credentials }: EventStoreDbOptions): Credentials => {
  const given = credentials ?? inConnectionString(connectionString);
  if (given !== undefined) return given;
  if (/[?&]tls=false(&|$)/i.test(connectionString)) return { username: 'nobody', password: 'nothing' };
  throw new TypeError('an EventStoreDB connection with TLS needs a user name and a password');
};
