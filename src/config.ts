import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { FEWEST_DAYS_KEPT } from '../domain/access/retention.ts';
import { oneOf } from '../domain/kernel/codes.ts';
import type { Side } from '../domain/kernel/sides.ts';
import { type IssuerSettings, issuersFileSchema } from './auth/issuer-settings.ts';
import { misspelt } from './config-names.ts';
import type { SignerKeyFile } from './transparency/keys.ts';

/** What the environment says, checked and frozen. Paths are absolute. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Addresses, or ranges of them, of the proxies in front. */
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  readonly eventStore:
    | { readonly kind: 'sqlite' }
    | { readonly kind: 'eventstoredb'; readonly connectionString: string };
  readonly ledger: { readonly name: string; readonly side: Side };
  /** Who signs the tokens: the issuers of a file, or, in a development ledger, the service itself with a key in a file. */
  readonly identity:
    | { readonly kind: 'development'; readonly signingKeyFile: string }
    | { readonly kind: 'issuers'; readonly issuers: readonly IssuerSettings[] };
  /** A development ledger makes its key-encryption key where there is none yet. */
  readonly keyEncryptionKey: { readonly file: string; readonly mayBeMade: boolean };
  /** How the tree of the log is signed and witnessed: files of keys, and those that list other servers. */
  readonly transparency: {
    /** Undefined in a development ledger, which makes one for each log. */
    readonly checkpointKeyFile: string | undefined;
    readonly witnessKey: SignerKeyFile;
    /** A list of those who countersign this ledger; undefined where there are none. */
    readonly witnesses: string | undefined;
    /** A list of the logs that this ledger countersigns; undefined where there are none. */
    readonly witnessedLogs: string | undefined;
  };
  /** For how many days it is kept who has read what of a person's data. */
  readonly accessRetentionDays: number;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** The environment cannot be used; the message has a line for each variable at fault. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const text = (expected: string) => z.string({ error: expected }).min(1, { error: `is empty; ${expected}` });

const EVENT_STORES = "expected 'sqlite', or a connection string that begins with esdb:// or esdb+discover://";

/** How long it is kept who has read what: at most thirty years. */
const MOST_DAYS = 10_957;
const FIVE_YEARS = 1_826;
const DAYS = `expected a whole number of days from ${FEWEST_DAYS_KEPT} to ${MOST_DAYS}`;

const PROXIES = 'expected addresses or ranges of them with commas between, such as 10.0.0.5,10.1.0.0/16';

/** An address, or a range of them (RFC 4632, RFC 4291). */
const isRange = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const length = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    length > 0 && more.length === 0 && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= length))
  );
};

const variables = z.object({
  HOST: text('expected a host name or an address, such as 127.0.0.1').default('127.0.0.1'),
  PORT: text('expected a port')
    .regex(/^\d{1,5}$/, { error: 'expected a whole number from 0 to 65535' })
    .transform(Number)
    .refine((port) => port <= 65_535, { error: 'expected a whole number from 0 to 65535' })
    .default(8080),
  TRUSTED_PROXIES: text(PROXIES)
    .transform((list) => list.split(',').map((each) => each.trim()))
    .refine((list) => list.every(isRange), { error: PROXIES })
    .optional(),
  DATA_DIR: text('expected a folder').default('./data'),
  EVENT_STORE: text(EVENT_STORES)
    .regex(/^(sqlite|esdb(\+discover)?:\/\/.+)$/, { error: EVENT_STORES })
    .default('sqlite'),
  LEDGER_NAME: text('expected a name')
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, {
      error: 'expected lower-case letters, digits and hyphens, such as guangxi-2024',
    })
    .max(40, { error: 'expected at most 40 characters' })
    .default('handover-ledger'),
  LEDGER_SIDE: z.enum(['CN', 'VN'], { error: 'expected the side that runs the ledger: CN or VN' }).optional(),
  AUTH_ISSUERS: text('expected the path of a file').optional(),
  KEY_ENCRYPTION_KEY_FILE: text('expected the path of a file').optional(),
  CHECKPOINT_KEY_FILE: text('expected the path of a file').optional(),
  WITNESSES: text('expected the path of a file').optional(),
  WITNESS_KEY_FILE: text('expected the path of a file').optional(),
  WITNESSED_LOGS: text('expected the path of a file').optional(),
  ACCESS_RETENTION_DAYS: text('expected a number of days')
    .regex(/^\d{1,5}$/, { error: DAYS })
    .transform(Number)
    .refine((days) => days >= FEWEST_DAYS_KEPT && days <= MOST_DAYS, { error: DAYS })
    .default(FIVE_YEARS),
  LOG_LEVEL: oneOf(LOG_LEVELS).default('info'),
});

type Variables = z.infer<typeof variables>;

/** Reads the configuration from environment variables. Throws ConfigError. */
export const loadConfig = (environment: Readonly<Record<string, string | undefined>>): Config => {
  const names = Object.keys(variables.shape);
  const faults = Object.keys(environment).flatMap((name) => {
    const meant = misspelt(name, names);
    return meant === undefined ? [] : [`${name}: there is no such variable; is ${meant} meant?`];
  });
  const parsed = variables.safeParse(environment);
  if (!parsed.success) {
    // The value is not repeated: a connection string may hold a password.
    faults.push(...parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
    throw new ConfigError(faults);
  }
  const issuers = readIssuers(parsed.data.AUTH_ISSUERS);
  faults.push(...issuers.faults, ...contradictions(parsed.data));
  if (faults.length > 0) throw new ConfigError(faults);
  return freeze(configOf(parsed.data, issuers.settings));
};

const configOf = (given: Variables, issuers: readonly IssuerSettings[] | undefined): Config => {
  const dataDir = resolve(given.DATA_DIR);
  const { EVENT_STORE, KEY_ENCRYPTION_KEY_FILE, LEDGER_SIDE: side = 'CN' } = given;
  return {
    host: given.HOST,
    port: given.PORT,
    trustedProxies: given.TRUSTED_PROXIES ?? [],
    dataDir,
    eventStore: EVENT_STORE === 'sqlite' ? { kind: 'sqlite' } : { kind: 'eventstoredb', connectionString: EVENT_STORE },
    ledger: { name: given.LEDGER_NAME, side },
    identity:
      issuers === undefined
        ? { kind: 'development', signingKeyFile: resolve(dataDir, 'development-signing-key.json') }
        : { kind: 'issuers', issuers },
    keyEncryptionKey:
      KEY_ENCRYPTION_KEY_FILE === undefined
        ? { file: resolve(dataDir, 'key-encryption-key.json'), mayBeMade: true }
        : { file: resolve(KEY_ENCRYPTION_KEY_FILE), mayBeMade: false },
    transparency: {
      checkpointKeyFile: given.CHECKPOINT_KEY_FILE && resolve(given.CHECKPOINT_KEY_FILE),
      witnessKey:
        given.WITNESS_KEY_FILE === undefined
          ? { file: resolve(dataDir, 'witness-key'), madeAs: `${developmentName(given.LEDGER_NAME, side)}/witness` }
          : { file: resolve(given.WITNESS_KEY_FILE), madeAs: undefined },
      witnesses: given.WITNESSES && resolve(given.WITNESSES),
      witnessedLogs: given.WITNESSED_LOGS && resolve(given.WITNESSED_LOGS),
    },
    accessRetentionDays: given.ACCESS_RETENTION_DAYS,
    logLevel: given.LOG_LEVEL,
  };
};

/** Under which name a development ledger signs, which nobody else believes. */
export const developmentName = (ledger: string, side: Side): string => `${side.toLowerCase()}.invalid/${ledger}`;

/** What each variable allows by itself and the others rule out. */
const contradictions = (given: Variables): readonly string[] => {
  if (given.AUTH_ISSUERS === undefined) {
    return isLoopback(given.HOST)
      ? []
      : [
          `HOST: without AUTH_ISSUERS this is a development ledger, which signs tokens for anybody and therefore listens on loopback only; ` +
            'leave HOST out or give 127.0.0.1, or name the issuers of tokens in AUTH_ISSUERS',
        ];
  }
  return [
    ...(given.KEY_ENCRYPTION_KEY_FILE === undefined
      ? [
          'KEY_ENCRYPTION_KEY_FILE: is required with AUTH_ISSUERS: the path of a file with the key-encryption key as a JSON Web Key',
        ]
      : []),
    ...(given.CHECKPOINT_KEY_FILE === undefined
      ? [
          'CHECKPOINT_KEY_FILE: is required with AUTH_ISSUERS: the path of a file with the key that signs the log, as `signing-key` of the command line makes it',
        ]
      : []),
    ...(given.WITNESSED_LOGS !== undefined && given.WITNESS_KEY_FILE === undefined
      ? [
          'WITNESS_KEY_FILE: is required with WITNESSED_LOGS and AUTH_ISSUERS: the path of a file with the key of the witness',
        ]
      : []),
    ...(given.LEDGER_SIDE === undefined
      ? ['LEDGER_SIDE: is required with AUTH_ISSUERS: the side that runs the ledger, CN or VN']
      : []),
  ];
};

/** IANA special-purpose addresses: 127.0.0.0/8 (RFC 1122) and ::1 (RFC 4291); `localhost` by RFC 6761. */
const isLoopback = (host: string): boolean => /^(localhost|::1|127(\.\d{1,3}){3})$/.test(host);

interface ReadIssuers {
  readonly settings?: readonly IssuerSettings[];
  readonly faults: readonly string[];
}

const readIssuers = (path: string | undefined): ReadIssuers => {
  if (path === undefined) return { faults: [] };
  const file = resolve(path);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    return { faults: [`AUTH_ISSUERS: ${file} cannot be read as JSON: ${(cause as Error).message}`] };
  }
  const parsed = issuersFileSchema.safeParse(content);
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map(
        ({ path: at, message }) => `AUTH_ISSUERS: in ${file} at /${at.join('/')}: ${message}`,
      ),
    };
  }
  const settings = parsed.data.map(
    (issuer): IssuerSettings =>
      'file' in issuer.jwks ? { ...issuer, jwks: { file: resolve(dirname(file), issuer.jwks.file) } } : issuer,
  );
  return { settings, faults: [] };
};

const freeze = <Value extends object>(value: Value): Value => {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freeze(part);
  return Object.freeze(value);
};
