import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { ConfigError, loadConfig } from '../src/config.ts';
import { testFolder } from './support/test-folder.ts';

const issuer = {
  issuer: 'https://issuer.example',
  audience: 'handover-ledger',
  side: 'CN',
  offices: ['CN-MPS', 'CN-GX-BLO'],
  jwks: { file: 'keys.json' },
};

/** The message with which a start is refused. */
const refusal = (environment: Record<string, string>): string => {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

t.test('without any variable it is a development ledger on loopback', async (t) => {
  const config = loadConfig({ PATH: '/usr/bin', HOME: '/root', EVENTSTOREDB_URL: 'esdb://localhost' });
  t.same(config, {
    host: '127.0.0.1',
    port: 8080,
    trustedProxies: [],
    dataDir: resolve('data'),
    eventStore: { kind: 'sqlite' },
    ledger: { name: 'handover-ledger', side: 'CN' },
    identity: { kind: 'development', signingKeyFile: resolve('data/development-signing-key.json') },
    keyEncryptionKey: { file: resolve('data/key-encryption-key.json'), mayBeMade: true },
    transparency: {
      checkpointKeyFile: undefined,
      witnessKey: { file: resolve('data/witness-key'), madeAs: 'cn.invalid/handover-ledger/witness' },
      witnesses: undefined,
      witnessedLogs: undefined,
    },
    accessRetentionDays: 1_826,
    logLevel: 'info',
  });
  t.ok(Object.isFrozen(config) && Object.isFrozen(config.ledger));
});

t.test('every variable is read', async (t) => {
  const directory = testFolder(t, { 'issuers.json': JSON.stringify([issuer]) });
  const config = loadConfig({
    HOST: '0.0.0.0',
    PORT: '9090',
    TRUSTED_PROXIES: '10.0.0.5, 10.1.0.0/16,::1/128',
    DATA_DIR: directory,
    EVENT_STORE: 'esdb+discover://admin:secret@nodes.example:2113',
    LEDGER_NAME: 'guangxi-2024',
    LEDGER_SIDE: 'VN',
    AUTH_ISSUERS: join(directory, 'issuers.json'),
    KEY_ENCRYPTION_KEY_FILE: join(directory, 'kek.json'),
    CHECKPOINT_KEY_FILE: join(directory, 'checkpoint-key'),
    WITNESSES: join(directory, 'witnesses.json'),
    WITNESS_KEY_FILE: join(directory, 'witness-key'),
    WITNESSED_LOGS: join(directory, 'logs.json'),
    LOG_LEVEL: 'warn',
  });
  t.match(config, {
    host: '0.0.0.0',
    port: 9090,
    trustedProxies: ['10.0.0.5', '10.1.0.0/16', '::1/128'],
    eventStore: { kind: 'eventstoredb', connectionString: 'esdb+discover://admin:secret@nodes.example:2113' },
    ledger: { name: 'guangxi-2024', side: 'VN' },
    identity: { kind: 'issuers', issuers: [{ side: 'CN', jwks: { file: join(directory, 'keys.json') } }] },
    keyEncryptionKey: { file: join(directory, 'kek.json'), mayBeMade: false },
    transparency: {
      checkpointKeyFile: join(directory, 'checkpoint-key'),
      witnessKey: { file: join(directory, 'witness-key'), madeAs: undefined },
      witnesses: join(directory, 'witnesses.json'),
      witnessedLogs: join(directory, 'logs.json'),
    },
    logLevel: 'warn',
  });
});

t.test('a value that is not known stops the start and is named', async (t) => {
  const cases: readonly [variable: string, value: string, expected: RegExp][] = [
    ['PORT', 'http', /PORT: expected a whole number from 0 to 65535/],
    ['PORT', '70000', /PORT: expected a whole number/],
    ['PORT', '-1', /PORT: expected a whole number/],
    ['HOST', '', /HOST: is empty/],
    ['TRUSTED_PROXIES', 'proxy.example', /TRUSTED_PROXIES: expected addresses or ranges/],
    ['TRUSTED_PROXIES', '0.0.0.0/0', /TRUSTED_PROXIES: expected addresses/],
    ['TRUSTED_PROXIES', '10.0.0.0/33', /TRUSTED_PROXIES: expected addresses/],
    ['EVENT_STORE', 'postgres://x', /EVENT_STORE: expected 'sqlite', or a connection string/],
    ['LEDGER_NAME', 'Guang Xi', /LEDGER_NAME: expected lower-case letters/],
    ['LEDGER_SIDE', 'US', /LEDGER_SIDE: expected the side that runs the ledger: CN or VN/],
    ['LOG_LEVEL', 'loud', /LOG_LEVEL: expected one of: fatal, error/],
    ['AUTH_ISSUERS', '/nowhere/issuers.json', /AUTH_ISSUERS: .*cannot be read as JSON/],
  ];
  for (const [variable, value, expected] of cases) t.match(refusal({ [variable]: value }), expected);
});

t.test('a refusal does not repeat a password', async (t) => {
  t.notMatch(refusal({ EVENT_STORE: 'http://admin:secret@nodes.example' }), /secret/);
});

t.test('a name that looks like one of ours stops the start', async (t) => {
  for (const [name, meant] of [
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['log_level', 'LOG_LEVEL'],
    ['DATADIR', 'DATA_DIR'],
    ['host', 'HOST'],
    ['LEDGER_NAMES', 'LEDGER_NAME'],
    ['AUTH_ISSUER', 'AUTH_ISSUERS'],
    ['KEY_ENCRYPTION_KEY', 'KEY_ENCRYPTION_KEY_FILE'],
    ['KEY_ENCRYTION_KEY_FILE', 'KEY_ENCRYPTION_KEY_FILE'],
    ['EVENTSTORE', 'EVENT_STORE'],
  ] as const) {
    t.match(refusal({ [name]: 'x' }), `${name}: there is no such variable; is ${meant} meant?`);
  }
});

t.test("other programs' variables are let be", async (t) => {
  const others = ['HOSTNAME', 'PORTS', 'XDG_DATA_DIRS', 'EVENTSTORE_CLUSTER_SIZE', 'EVENT_STORE_SERVICE_HOST', 'POST'];
  t.equal(refusal(Object.fromEntries(others.map((name) => [name, 'x']))), 'accepted');
});

t.test('a development ledger listens on loopback only', async (t) => {
  for (const HOST of ['127.0.0.1', '127.0.0.53', 'localhost', '::1']) t.equal(refusal({ HOST }), 'accepted');
  for (const HOST of ['0.0.0.0', '::', '192.168.1.2', 'ledger.example']) {
    t.match(refusal({ HOST }), /HOST: without AUTH_ISSUERS this is a development ledger.*loopback/);
  }
});

t.test('with issuers, the key-encryption key and the side must be given', async (t) => {
  const directory = testFolder(t, { 'issuers.json': JSON.stringify([issuer]) });
  const message = refusal({ AUTH_ISSUERS: join(directory, 'issuers.json') });
  t.match(message, /KEY_ENCRYPTION_KEY_FILE: is required with AUTH_ISSUERS/);
  t.match(message, /LEDGER_SIDE: is required with AUTH_ISSUERS/);
});

t.test('a file of issuers that cannot be right is refused, and the place named', async (t) => {
  const file = join(testFolder(t), 'issuers.json');
  const cases: readonly [content: unknown, expected: RegExp][] = [
    [[], /at least one issuer/],
    [[issuer, issuer], /two issuers have the same name/],
    [[{ ...issuer, side: 'VN' }], /at \/0\/offices: every office must belong to the side/],
    [[{ ...issuer, offices: ['GX-BLO'] }], /at \/0\/offices\/0: expected an office id/],
    [[{ ...issuer, jwks: { url: 'http://issuer.example/jwks' } }], /at \/0\/jwks/],
    [[{ ...issuer, secret: 'x' }], /secret/],
  ];
  for (const [content, expected] of cases) {
    writeFileSync(file, JSON.stringify(content));
    t.match(refusal({ AUTH_ISSUERS: file, KEY_ENCRYPTION_KEY_FILE: 'k', LEDGER_SIDE: 'CN' }), expected);
  }
});

t.test('access records are kept for a number of days that makes sense', async (t) => {
  t.equal(loadConfig({ ACCESS_RETENTION_DAYS: '365' }).accessRetentionDays, 365);
  for (const ACCESS_RETENTION_DAYS of ['', '29', '10958', '1.5', 'five years']) {
    t.match(
      refusal({ ACCESS_RETENTION_DAYS }),
      /ACCESS_RETENTION_DAYS: .*(a whole number of days from 30 to 10957|empty)/,
    );
  }
});
