import { existsSync } from 'node:fs';
import { ROLES, type Role } from '../../domain/kernel/roles.ts';
import { ministryOffice, officeSide, type Side } from '../../domain/kernel/sides.ts';
import { SIDES } from '../../domain/reference/sides.ts';
import { readOrMakeSigningKey, signDevelopmentToken } from '../auth/development.ts';
import { loadConfig } from '../config.ts';
import { type Command, UsageError } from './command.ts';

const DEFAULT_HOURS = 12;
/** A year. */
const MOST_HOURS = 8_784;

const oneOf = <T extends string>(option: string, value: unknown, allowed: readonly T[], otherwise?: T): T => {
  const given = value ?? otherwise;
  if (allowed.includes(given as T)) return given as T;
  throw new UsageError(`--${option} is to be one of: ${allowed.join(', ')}`);
};

/** Prints a token for a development ledger, and nothing else on standard output. */
export const token: Command = {
  summary: 'print a token for a development ledger',
  options: {
    role: { type: 'string', help: `one of: ${ROLES.join(', ')}` },
    side: { type: 'string', help: 'CN or VN; the side of the ledger when left out' },
    office: { type: 'string', help: 'an office id such as CN-GX-BLO; the ministry when left out' },
    subject: { type: 'string', help: 'the account; "<role>-1" when left out' },
    hours: { type: 'string', help: `until it expires; ${DEFAULT_HOURS} when left out` },
  },
  run: async ({ role: givenRole, side: givenSide, office: givenOffice, subject, hours = String(DEFAULT_HOURS) }) => {
    const config = loadConfig(process.env);
    if (config.identity.kind !== 'development') {
      throw new UsageError('AUTH_ISSUERS names issuers: tokens come from them, the ledger signs none itself');
    }
    const role: Role = oneOf('role', givenRole, ROLES);
    const sides = SIDES.map(({ code }) => code);
    const side: Side = oneOf('side', givenSide, sides, config.ledger.side);
    const office = String(givenOffice ?? ministryOffice(side));
    if (officeSide(office) !== side)
      throw new UsageError(`--office is to be an office of ${side}, such as ${side}-MPS`);
    const seconds = Number(hours) * 3600;
    if (!(seconds > 0 && Number(hours) <= MOST_HOURS)) {
      throw new UsageError(`--hours is to be a number above 0, at most ${MOST_HOURS}`);
    }
    if (subject === '') throw new UsageError('--subject is to name an account');
    const isNew = !existsSync(config.identity.signingKeyFile);
    const key = readOrMakeSigningKey(config.identity.signingKeyFile);
    if (isNew) {
      process.stderr.write(
        `Made a new signing key in ${config.dataDir}: a service accepts it with the same DATA_DIR.\n`,
      );
    }
    const account = { role, side, office, subject: String(subject ?? `${role}-1`), ttl: Math.round(seconds) };
    process.stdout.write(`${await signDevelopmentToken(key, account, new Date())}\n`);
    return true;
  },
};
