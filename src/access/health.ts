import { Gauge, type Registry } from 'prom-client';
import type { AccessRecorder } from './recorder.ts';

/** Records that wait so long for the log are looked into. */
const MAX_WAIT_SECONDS = 60;

const secondsSince = (since: string | undefined, now: Date): number =>
  since === undefined ? 0 : Math.max(0, (now.getTime() - Date.parse(since)) / 1000);

/** Why who reads cannot be put on record, or does not come to the log; what a person must look into. Empty where all is well. */
export const reasonsOfAccess = ({ status }: Pick<AccessRecorder, 'status'>, now: Date): readonly string[] => {
  const { failure, damaged, since, records, shippingFailure } = status();
  const seconds = secondsSince(since, now);
  const reason = shippingFailure === undefined ? '' : `: ${shippingFailure}`;
  return [
    ...(failure === undefined ? [] : [`access records cannot be written, so no person is shown: ${failure}`]),
    ...(seconds > MAX_WAIT_SECONDS
      ? [`${records} access records wait for the event log, the oldest since ${Math.round(seconds)} s${reason}`]
      : []),
    ...damaged.map((file) => `access records in the file ${file} of the spool are damaged`),
  ];
};

/** How many records wait for the log, and how long. */
export const addAccessMetrics = (
  registry: Registry,
  { status }: Pick<AccessRecorder, 'status'>,
  clock: () => Date,
): void => {
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `handover_ledger_access_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('unshipped_records', 'Records of reading that are not in the event log yet', () => status().records);
  gauge('oldest_unshipped_seconds', 'How long the oldest of them waits', () => secondsSince(status().since, clock()));
  gauge('spool_failed', 'Whether records of reading could not be written the last time', () =>
    Number(status().failure !== undefined),
  );
};
