import { visibleText } from './visible-text.ts';

/** What the methods of the escalation catalogue are called, by id. A method that is not among them is told by its id. */
export type MethodTitles = ReadonlyMap<string, string>;

/** A method with its title, if it has one: `Write an inline policy into its own user (iam-007)`. */
export const methodInWords = (id: string, titles: MethodTitles): string => {
  const title = titles.get(id);
  return visibleText(title === undefined ? id : `${title} (${id})`);
};
