import type { Recorder } from '../../domain/kernel/event.ts';
import type { Role } from '../../domain/kernel/roles.ts';

/** Who sends a request, as a verified token says. */
export interface Account {
  /** Tells accounts apart: two issuers may give the same subject. */
  readonly id: string;
  readonly role: Role;
  /** When the token expires, in milliseconds since 1970. */
  readonly until: number;
  /** As it is put on record beside what the account records. */
  readonly recorder: Recorder;
}
