import { randomUUID } from 'node:crypto';
import type { FastifyRequest, onSendHookHandler } from 'fastify';
import fp from 'fastify-plugin';
import { needsPurpose } from '../../domain/access/purposes.ts';
import type { AccessedRecord, AccessOutcome, AccessPart, AccessRecord } from '../../domain/access/record.ts';
import { idOf } from '../../domain/kernel/codes.ts';
import type { AccessRecorder } from '../access/recorder.ts';
import { SpoolOverloaded, SpoolUnavailable } from '../access/spool.ts';
import { accessPurposeOf, purposeRequired } from '../http/access-purpose.ts';
import { Problem, retryLater } from '../http/problem.ts';
import { accountOf } from './authentication.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What of a person's data the route shows, to whoever asks for it: each such answer is put on record before it goes out. */
    readonly shows?: AccessPart;
  }
  interface FastifyRequest {
    /** What is to be put on record of this request; undefined as long as nothing was asked for. */
    reading: Reading | undefined;
  }
}

interface Reading {
  readonly outcome: AccessOutcome;
  /** Each once, by its category and id. */
  readonly records: ReadonlyMap<string, AccessedRecord>;
  readonly searchedBy?: readonly string[];
}

/** A record that is shown. */
export interface Shown extends AccessedRecord {
  /** The office that opened it, of a case: by it is known who has to say what for. */
  readonly office?: string;
}

export interface AccessRecording {
  readonly access: Pick<AccessRecorder, 'write'>;
  readonly clock: () => Date;
}

/**
 * Puts on record who reads what is a person's: routes that show it say so (`shows`), their handlers name what they show (`willShow`) or
 * refuse (`refuseToShow`), and the answer goes out when that is durable. What cannot be put on record is not shown.
 */
export const accessRecording = fp<AccessRecording>(
  async (app, { access, clock }) => {
    app.decorateRequest('reading', undefined);

    const hold: onSendHookHandler = (request, reply, _payload, done) => {
      const reading = request.reading ?? refusedByRole(request, reply.statusCode);
      request.reading = undefined;
      // A fault that came after has kept it from being shown.
      if (reading === undefined || (reading.outcome === 'shown' && reply.statusCode >= 400)) {
        done();
        return;
      }
      access.write(recordOf(request, reading, clock())).then(
        () => done(),
        (error: unknown) => {
          if (reading.outcome === 'shown') {
            reply.removeHeader('etag');
            done(notRecorded(error));
            return;
          }
          // Nothing is shown; the refusal stands.
          request.log.error({ reqId: request.id, err: error }, 'a refusal cannot be put on record');
          done();
        },
      );
    };

    app.addHook('onRoute', (route) => {
      if (route.config?.shows === undefined) return;
      route.onSend = [route.onSend ?? [], hold].flat();
    });
  },
  { name: 'access-recording', dependencies: ['authentication'] },
);

const byName = (records: readonly AccessedRecord[]): ReadonlyMap<string, AccessedRecord> =>
  new Map(records.map((record) => [`${record.category}-${record.id}`, record]));

const partOf = (request: FastifyRequest): AccessPart => {
  const { shows } = request.routeOptions.config;
  if (shows === undefined) throw new Error(`${request.routeOptions.url} does not say in its config what it \`shows\``);
  return shows;
};

/**
 * To be called before anything of what is a person's in these records is answered; again where there is more. Throws Problem where the
 * sender has to say what for and has not.
 */
export const willShow = (request: FastifyRequest, shown: readonly Shown[], searchedBy?: readonly string[]): void => {
  const part = partOf(request);
  const { recorder } = accountOf(request);
  const isNeeded = needsPurpose(recorder, part) || shown.some(({ office }) => needsPurpose(recorder, part, office));
  const isMissing = accessPurposeOf(request) === undefined && isNeeded;
  request.reading = {
    outcome: isMissing ? 'purpose-missing' : 'shown',
    records: new Map([...(request.reading?.records ?? []), ...byName(shown.map(({ office: _, ...record }) => record))]),
    ...(searchedBy && { searchedBy }),
  };
  if (isMissing) throw purposeRequired();
};

/** Gives the problem back that is to be thrown, and puts on record that the sender was refused. */
export const refuseToShow = (request: FastifyRequest, record: AccessedRecord, problem: Problem): Problem => {
  partOf(request);
  request.reading = { outcome: 'refused', records: byName([record]) };
  return problem;
};

/** Routes that show more only where `include` asks for it. */
const ON_DEMAND: readonly AccessPart[] = ['person', 'sealed'];

const caseIdSchema = idOf('a case');

/** What a role asked for whose route is not for it at all. */
const refusedByRole = (request: FastifyRequest, status: number): Reading | undefined => {
  if (status !== 403 || request.account === undefined) return undefined;
  const { include } = (request.query ?? {}) as Readonly<Record<string, unknown>>;
  if (ON_DEMAND.includes(partOf(request)) && include === undefined) return undefined;
  // Refused before the address was checked: whatever else stands in the place of the id is not put on record.
  const { caseId } = (request.params ?? {}) as Readonly<Record<string, unknown>>;
  const { data: id } = caseIdSchema.safeParse(caseId);
  return { outcome: 'refused', records: byName(id === undefined ? [] : [{ category: 'case', id }]) };
};

const recordOf = (request: FastifyRequest, { outcome, records, searchedBy }: Reading, now: Date): AccessRecord => {
  const { subject, office, side, role } = accountOf(request).recorder;
  return {
    id: randomUUID(),
    at: now.toISOString(),
    by: { subject, office, side, role },
    part: partOf(request),
    outcome,
    records: [...records.values()],
    ...(searchedBy && { searchedBy }),
    ...purposeIn(request),
    operation: operationOf(request),
    requestId: request.id,
  };
};

/** One that is written otherwise than is known was refused before; then there is none. */
const purposeIn = (request: FastifyRequest) => {
  try {
    return accessPurposeOf(request);
  } catch {
    return undefined;
  }
};

const operationOf = ({ routeOptions: { schema, url } }: FastifyRequest): string => {
  const { operationId } = (schema ?? {}) as { readonly operationId?: string };
  return operationId ?? String(url);
};

const notRecorded = (error: unknown): Error => {
  if (error instanceof SpoolOverloaded) {
    return new Problem('overloaded', `${error.message}; nothing is shown, try again`, retryLater);
  }
  if (error instanceof SpoolUnavailable) {
    return new Problem(
      'unavailable',
      'who reads cannot be put on record now, so nothing is shown; try again',
      retryLater,
    );
  }
  return error as Error;
};
