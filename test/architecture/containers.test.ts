import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse } from 'yaml';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

interface ComposedService {
  readonly image: string;
  readonly build?: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly security_opt?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

const { services } = parse(read('docker-compose.yml'), { merge: true }) as {
  readonly services: Readonly<Record<string, ComposedService>>;
};

/** Makes certificates for other users, and ends. */
const AS_ROOT = 'certificates';

t.test('no composed service can do more than it needs', async (t) => {
  t.ok(Object.keys(services).length > 8);
  for (const [name, service] of Object.entries(services)) {
    t.same(service.cap_drop, ['ALL'], `${name} has no capability`);
    t.same(service.security_opt, ['no-new-privileges:true'], `${name} comes to no other user`);
    t.notOk(service.privileged, name);
    for (const port of service.ports ?? [])
      t.match(port, /^127\.0\.0\.1:/, `${name} is reached from this machine alone`);
    if (name === AS_ROOT) continue;
    t.equal(service.cap_add, undefined, `${name} is given none back`);
    t.equal(service.user, undefined, `${name} runs as the user of its image`);
  }
});

t.test('what is ours writes to volumes and memory alone, and keys are there to be read', async (t) => {
  const ours = Object.entries(services).filter(([, { build }]) => build !== undefined);
  t.same(ours.map(([name]) => name).sort(), [
    'cluster-user',
    'development-keys',
    'ledger',
    'ledger-1',
    'ledger-2',
    'token',
  ]);
  for (const [name, { read_only: isReadOnly, tmpfs = [], volumes = [] }] of ours) {
    t.equal(isReadOnly, true, `${name} cannot change its own program`);
    t.match(tmpfs, [/^\/tmp:.*noexec,nosuid,nodev/], name);
    const keys = volumes.find((volume) => volume.startsWith('keys:'));
    if (name !== 'development-keys' && keys !== undefined) t.match(keys, /:ro$/, `${name} cannot change keys`);
  }
});

t.test('the image runs as a user who is not root, without what is for development', async (t) => {
  const lines = read('Dockerfile').split('\n');
  const final = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));
  t.equal(
    final.findLast((line) => line.startsWith('USER ')),
    'USER node',
  );
  t.ok(
    final.findIndex((line) => line.startsWith('USER ')) > final.findLastIndex((line) => /^(RUN|COPY) /.test(line)),
    'what is copied belongs to root, so that the service cannot change it',
  );
  t.match(lines.join('\n'), /npm ci --omit=dev --ignore-scripts/);
  t.match(read('.dockerignore'), /^\*$/m, 'nothing comes in but what is named');
});

t.test('every dependency says what it is for', async (t) => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const table = read('CONTRIBUTING.md').split('## Dependencies')[1]?.split('\n## ')[0] ?? '';
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    t.ok(table.includes(`\`${name.replace(/^@types\/.*/, '@types/*')}\``), name);
  }
  const { packages } = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: true }>>;
  };
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  const forDevelopment = installed.filter(([, { dev }]) => dev === true).length;
  t.match(table, `${installed.length - forDevelopment} packages run in the service, and ${forDevelopment} more`);
});
