/** A JSON list with an item a line: half as large as an indented one, and soon made into lines of JSON. */
export const jsonList = (items: readonly object[]): string =>
  items.length === 0 ? '[]\n' : `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]\n`;
