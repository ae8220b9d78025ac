import { escapePointer } from './shape.ts';

/** One place at which two JSON documents differ; a side on which there is nothing is left out. */
export interface JsonChange {
  /** RFC 6901. */
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const namesOf = (value: object): readonly string[] =>
  Object.keys(value).filter((name) => valueAt(value, name) !== undefined);

const valueAt = (value: object, name: string): unknown => (value as Readonly<Record<string, unknown>>)[name];

/**
 * Where one document differs from another, as deep as it goes; lists are compared place by place. The order of fields makes no
 * difference, and neither does a field that holds nothing.
 */
export const jsonChanges = (before: unknown, after: unknown, pointer = ''): readonly JsonChange[] => {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    return [...new Set([...namesOf(before), ...namesOf(after)])].flatMap((name) =>
      jsonChanges(valueAt(before, name), valueAt(after, name), `${pointer}/${escapePointer(name)}`),
    );
  }
  if (before === after) return [];
  return [{ pointer, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }];
};
