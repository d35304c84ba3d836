import { err, ok, type Result } from '../../src/kernel/result.ts';

/** Puts content between the markers `<!-- name:begin -->` and `<!-- name:end -->`, which must stand there once each. */
export const replaceSection = (page: string, name: string, content: string): Result<string, string> => {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const [before, rest, ...again] = page.split(begin);
  if (before === undefined || rest === undefined || again.length > 0)
    return err(`needs the marker ${begin} exactly once`);
  const [, after, ...more] = rest.split(end);
  if (after === undefined || more.length > 0) return err(`needs the marker ${end} exactly once, after ${begin}`);
  return ok(`${before}${begin}\n\n${content}\n\n${end}${after}`);
};
