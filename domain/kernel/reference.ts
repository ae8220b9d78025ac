import type { Fields } from './event.ts';
import type { Command, RecordState } from './record.ts';
import type { Refusal } from './refusal.ts';

/** Another record that a command names. */
export interface Reference {
  readonly category: string;
  readonly id: string;
  /** Where in the command. */
  readonly pointer: string;
}

/** The same, looked up before the command is decided. */
export interface OtherRecord extends Pick<Reference, 'category' | 'id'> {
  /** Undefined where there is no such record for the one who names it. */
  readonly state: RecordState | undefined;
  /** It is the record that the command is about. */
  readonly isItself: boolean;
  /** The record that the command is about names it so already, in what is sealed; see `Rules.namedInSealed`. */
  readonly isNamedAlready?: boolean;
}

/**
 * Fields that hold the id of another record, or a list of them, each with the category of what it names. `lines/case` is the field
 * `case` of each entry of a list `lines`.
 */
export type NamingFields = Readonly<Record<string, string>>;

/** The records that a command names in some fields, in whichever part of it they stand: each once, at the first place. */
export const namedBy = (fields: NamingFields, command: Command): readonly Reference[] => {
  const found = new Map<string, Reference>();
  for (const { pointer, part } of partsOf(command)) {
    for (const [path, category] of Object.entries(fields)) {
      for (const [at, id] of idsIn(part, path.split('/'))) {
        const key = `${category} ${id}`;
        if (!found.has(key)) found.set(key, { category, id, pointer: pointer + at });
      }
    }
  }
  return [...found.values()];
};

/** The parts of a command in which fields of events stand; what has no such form is refused elsewhere. */
const partsOf = (command: Command): readonly { readonly pointer: string; readonly part: Fields }[] => {
  const { data } = command;
  const parts: readonly (readonly [string, unknown])[] =
    command.name === 'open'
      ? [
          ['', command.particulars],
          ['/data', data],
        ]
      : [
          ['/data', data],
          ['/data/changes', data.changes],
          ['/data/event/data', (data.event as Fields | undefined)?.data],
        ];
  return parts.flatMap(([pointer, part]) => (isFields(part) ? [{ pointer, part }] : []));
};

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The ids at the end of a path, each with its place. */
const idsIn = (value: unknown, path: readonly string[], at = ''): readonly (readonly [at: string, id: string])[] => {
  if (Array.isArray(value)) return value.flatMap((each, index) => idsIn(each, path, `${at}/${index}`));
  const [field, ...rest] = path;
  if (field !== undefined) return isFields(value) ? idsIn(value[field], rest, `${at}/${field}`) : [];
  return typeof value === 'string' && ID.test(value) ? [[at, value.toLowerCase()]] : [];
};

/** Why a command may not name what it names: a record is named that is there, is another, and was not annulled. */
export const checkReferences = (references: readonly Reference[], others: readonly OtherRecord[]): readonly Refusal[] =>
  references.flatMap(({ category, id, pointer }): Refusal[] => {
    const other = others.find((each) => each.id === id && each.category === category);
    const unsuitable = (message: string): Refusal[] => [{ code: 'unsuitable-record', message, pointer }];
    if (other?.isItself === true) return unsuitable(`expected another ${category} than this one`);
    if (other?.state === undefined) return unsuitable(`there is no ${category} ${id}, or none for your office`);
    return other.state.standing.state === 'annulled' ? unsuitable(`${category} ${id} was annulled`) : [];
  });
