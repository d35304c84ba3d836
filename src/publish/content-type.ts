const TYPES: ReadonlyMap<string, string> = new Map([
  ['html', 'text/html; charset=utf-8'],
  ['csv', 'text/csv; charset=utf-8'],
  ['json', 'application/json'],
  ['sarif', 'application/sarif+json'],
  ['xml', 'application/xml'],
  ['zip', 'application/zip'],
  ['pub', 'application/x-pem-file'],
]);

/** The media type of a file of a report, by how its name ends. */
export const contentTypeOf = (name: string): string =>
  TYPES.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'text/plain; charset=utf-8';
