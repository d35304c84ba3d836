/** A sample of a metric. */
export interface MetricSample {
  readonly name: string;
  readonly labels: string;
  readonly value: number;
}

// prometheus.io/docs/instrumenting/exposition_formats, "Text-based format"; no time after the value.
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
const SAMPLE = new RegExp(`^([a-z_]+)(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (-?\\d+(?:\\.\\d+)?(?:e[+-]?\\d+)?)$`);

/** The samples of a text in the format of Prometheus; a line that is none of it throws, as does a metric told twice. */
export const metricSamples = (text: string): readonly MetricSample[] => {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const seen = new Set<string>();
  const declared = new Set<string>();
  return text.split('\n').flatMap((line): readonly MetricSample[] => {
    if (line === '' || line.startsWith('# HELP ')) return [];
    if (line.startsWith('# TYPE ')) {
      const name = line.split(' ')[2] ?? '';
      if (declared.has(name)) throw new Error(`${name} is declared twice`);
      declared.add(name);
      return [];
    }
    const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
    if (!declared.has(name)) throw new Error(`no sample: ${line}`);
    if (seen.has(`${name}{${labels}}`)) throw new Error(`told twice: ${line}`);
    seen.add(`${name}{${labels}}`);
    return [{ name, labels, value: Number(value) }];
  });
};
