/** A template that cannot be printed: `finding.hbs:3: what is wrong`. */
export class TemplateProblem extends Error {}

/** A template without its line breaks: a report of thousands of findings opens a fifth faster without the empty texts. */
export const squeezed = (template: string): string => template.replaceAll(BREAK, '');

const BREAK = /\n\s*/g;

/** Prints a template; whatever Handlebars says of it is told with the file and the line, also of one that was squeezed. */
export const withPlace = <T>(file: string, template: string, print: () => T): T => {
  try {
    return print();
  } catch (error) {
    if (error instanceof TemplateProblem || !(error instanceof Error)) throw error;
    const message = (error.message.split('\n', 1)[0] ?? '').replace(/^Parse error on line \d+:$/, 'is no Handlebars');
    throw new TemplateProblem(`${file}:${lineOf(template, error)}: ${message.replace(/ - \d+:\d+$/, '')}`);
  }
};

/** The line, from 1, that an error of Handlebars is about. A squeezed template has one line, so that the column tells. */
const lineOf = (template: string, error: Error): number => {
  const { line, column } = placeOf(error);
  if (line !== 1) return line;
  let removed = 0;
  let lines = 1;
  for (const { index, 0: gap } of template.matchAll(BREAK)) {
    if (index - removed > column) break;
    removed += gap.length;
    lines += gap.split('\n').length - 1;
  }
  return lines;
};

const placeOf = (error: Error): { readonly line: number; readonly column: number } => {
  const parse = /^Parse error on line (\d+)/.exec(error.message)?.[1];
  if (parse !== undefined) return { line: Number(parse), column: 0 };
  const [, line = '1', column = '0'] = / - (\d+):(\d+)$/.exec(error.message) ?? [];
  return { line: Number(line), column: Number(column) };
};
