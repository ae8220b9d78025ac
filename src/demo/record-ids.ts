import { kindOfCategory } from '../../domain/stream-kinds.ts';
import { identifiedId } from '../application/ids.ts';
import { deriveUuid } from '../derived-id.ts';
import { categoryOf, type DemoStep, particularsOf } from './step.ts';

/** The ids of the records that some steps open, by their keys: those that an office would get where it opened the same. */
export const recordIdsOf = (steps: readonly DemoStep[]): ((key: string) => string) => {
  const openings = new Map(
    steps.flatMap((step) => (step.particulars === undefined ? [] : [[step.key, step] as const])),
  );
  const known = new Map<string, string>();
  const idOf = (key: string): string => {
    const id = known.get(key) ?? identified(openings.get(key)) ?? deriveUuid('demonstration-case', key);
    known.set(key, id);
    return id;
  };
  const identified = (opening: DemoStep | undefined): string | undefined => {
    const kind = opening && kindOfCategory(categoryOf(opening));
    // The particulars may name other records, of kinds that are told apart by nothing.
    return kind?.identity && opening && identifiedId(kind, particularsOf(opening, idOf) ?? {});
  };
  return idOf;
};
