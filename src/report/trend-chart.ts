import { numberInWords } from './words.ts';

/** What a chart of bars shows: one bar a night, of one part a series. */
export interface ChartData {
  readonly id: string;
  readonly title: string;
  /** From which day to which. */
  readonly range: string;
  /** Each night, for who points at its bar. */
  readonly labels: readonly string[];
  /** From the bottom up. */
  readonly series: readonly ChartSeries[];
}

interface ChartSeries {
  /** The class that gives it its colour. */
  readonly kind: string;
  readonly label: string;
  readonly values: readonly number[];
}

/** A chart as the page draws it, in the units of its own box. */
export interface ChartView {
  readonly id: string;
  readonly title: string;
  /** What there is to see, in a sentence. */
  readonly description: string;
  readonly range: string;
  readonly width: number;
  readonly height: number;
  /** The number that the top of the chart stands for. */
  readonly top: string;
  readonly bars: readonly BarView[];
  readonly legend: readonly { readonly kind: string; readonly label: string }[];
}

interface BarView {
  readonly title: string;
  readonly parts: readonly {
    readonly kind: string;
    readonly x: string;
    readonly y: string;
    readonly width: string;
    readonly height: string;
  }[];
}

const WIDTH = 600;
const HEIGHT = 120;
const WIDEST = 24;

/** Bars side by side, the last night at the right. */
export const stackedChart = ({ id, title, range, labels, series }: ChartData): ChartView => {
  const totals = labels.map((_, night) => series.reduce((sum, { values }) => sum + (values[night] ?? 0), 0));
  const most = Math.max(1, ...totals);
  const step = Math.min(WIDEST, WIDTH / Math.max(1, labels.length));
  const first = WIDTH - step * labels.length;
  const bars = labels.map((label, night) => {
    let below = 0;
    const parts = series.flatMap(({ kind, values }) => {
      const value = values[night] ?? 0;
      if (value === 0) return [];
      below += value;
      return [
        {
          kind,
          x: rounded(first + night * step + step * 0.1),
          y: rounded(HEIGHT - (below * HEIGHT) / most),
          width: rounded(step * 0.8),
          height: rounded((value * HEIGHT) / most),
        },
      ];
    });
    return { title: `${label}: ${valuesInWords(series, night)}`, parts };
  });
  const last = labels.length - 1;
  return {
    id,
    title,
    range,
    description: `${title}, ${range}: first ${valuesInWords(series, 0)}; last ${valuesInWords(series, last)}; at most ${numberInWords(most)} in all.`,
    width: WIDTH,
    height: HEIGHT,
    top: numberInWords(most),
    bars,
    legend: [...series].reverse().map(({ kind, label }) => ({ kind, label })),
  };
};

const valuesInWords = (series: readonly ChartSeries[], night: number): string =>
  [...series]
    .reverse()
    .map(({ label, values }) => `${numberInWords(values[night] ?? 0)} ${label}`)
    .join(', ');

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
