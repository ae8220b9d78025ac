import { z } from 'zod';
import type { Fields } from '../kernel/event.ts';
import { row } from '../kernel/lifecycle.ts';
import type { AnyLifecycle } from '../kernel/record.ts';
import { invalid, type Refusal } from '../kernel/refusal.ts';
import { createRegister } from '../kernel/register.ts';
import { figureSchema } from '../reference/codes.ts';
import { FIGURES, type FigureUnit, isWeight } from '../reference/figures.ts';
import { events, opening } from './events.ts';

const lifecycle: AnyLifecycle = {
  name: 'statement',
  initial: 'not-opened',
  rows: [
    row('figure-published', ['not-opened'], 'published', 'either'),
    row('superseded', ['published'], 'superseded', 'either'),
    row('retracted', ['published', 'superseded'], 'retracted', 'either'),
  ],
};

const unitSuits = ({ figure, unit }: Fields): Refusal | undefined => {
  const units: readonly string[] = FIGURES.find(({ code }) => code === figure)?.units ?? [];
  return units.includes(unit as string) ? undefined : invalid(`${figure} is given in ${units.join(' or ')}`, '/unit');
};

const countedWhole = ({ unit, value }: Fields): Refusal | undefined =>
  !isWeight(unit as FigureUnit) && !Number.isInteger(value)
    ? invalid(`${unit} are counted in whole numbers`, '/value')
    : undefined;

/** A scope names what it is of, and nothing else. */
const scopeNamed = ({ scope }: Fields): Refusal | undefined => {
  const { level, ...named } = scope as { readonly level: string } & Fields;
  const expected = level === 'national' ? [] : [level];
  const missing = expected.find((field) => named[field] === undefined);
  if (missing !== undefined) return invalid(`say which ${missing}`, `/scope/${missing}`);
  const extra = Object.keys(named).find((field) => named[field] !== undefined && !expected.includes(field));
  return extra === undefined ? undefined : invalid(`a ${level} scope has no ${extra}`, `/scope/${extra}`);
};

const RULES = [unitSuits, countedWhole, scopeNamed];

const check = (particulars: Fields): Refusal | undefined =>
  RULES.map((rule) => rule(particulars)).find((refusal) => refusal !== undefined);

/**
 * Figures that somebody published, each with its bound, unit, period, scope and source. The ledger keeps them beside what it derives, and
 * never bends one to the other.
 */
export const statements = createRegister({
  category: 'statement',
  noun: 'statement',
  plural: 'statements',
  opening,
  events,
  lifecycle,
  sidesOf: () => [],
  forEverybody: true,
  letIn: () => [],
  checkOpening: check,
  fixed: ({ type, data }, changes) => {
    if (type !== opening.type) return undefined;
    const refusal = check({ ...data, ...changes });
    return refusal && { ...refusal, pointer: `/data/changes${refusal.pointer}` };
  },
  names: { supersededBy: 'statement' },
  maySeeSealed: () => true,
  filters: {
    figure: figureSchema,
    bound: opening.open.bound,
    publisher: z.string().min(1).max(200),
  },
  references: ({ figure, bound, publisher }) => ({
    figure: [String(figure)],
    bound: [String(bound)],
    publisher: [String(publisher)],
  }),
});
