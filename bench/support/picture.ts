import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

/** One line of a picture: what is measured, of what, at which points. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly line: string;
}

export interface Panel {
  readonly title: string;
  readonly x: { readonly title: string; readonly log?: true };
  readonly y: { readonly title: string; readonly log?: true };
  readonly points: readonly Point[];
}

const PICTURES = fileURLToPath(new URL('../pictures/', import.meta.url));

const WIDTH = 300;
const HEIGHT = 170;

/** On a logarithmic axis only powers of ten are marked, the nearest below and above what is shown too. */
const axis = ({ title, log }: Panel['x'], values: readonly number[]) => {
  const type = 'quantitative' as const;
  if (log !== true) return { title, type, axis: { format: '~s', tickCount: 5 } };
  const [first, last] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const powers = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  const domain = [10 ** first, 10 ** last];
  return { title, type, scale: { type: 'log' as const, domain }, axis: { format: '~s', values: powers } };
};

/** Writes a picture of `bench/pictures/`: panels in rows of so many. */
export const drawPicture = async (name: string, panels: readonly Panel[], columns = 2): Promise<void> => {
  const spec: TopLevelSpec = {
    background: 'white',
    config: { font: 'sans-serif' },
    columns,
    concat: panels.map(({ title, x, y, points }) => ({
      title,
      width: WIDTH,
      height: HEIGHT,
      data: { values: [...points] },
      mark: { type: 'line' as const, point: { size: 18 } },
      encoding: {
        x: {
          field: 'x',
          ...axis(
            x,
            points.map((point) => point.x),
          ),
        },
        y: {
          field: 'y',
          ...axis(
            y,
            points.map((point) => point.y),
          ),
        },
        color: {
          field: 'line',
          type: 'nominal' as const,
          title: null,
          sort: null,
          legend: { orient: 'bottom' as const },
        },
      },
    })),
    resolve: { scale: { color: 'independent' } },
  };
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.svg`), `${svg}\n`);
};
