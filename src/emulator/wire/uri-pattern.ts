/** The path of an operation with its labels, and what its query must hold. Source: Smithy, "http trait". */
export interface UriPattern {
  readonly segments: readonly UriSegment[];
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** A segment of a path: text, a label, or a label that takes all that is left. */
type UriSegment = { readonly kind: 'text' | 'label' | 'greedyLabel'; readonly name: string };

/** What a path gives to the labels of a pattern. */
export type UriLabels = ReadonlyMap<string, string>;

/** Reads a pattern such as `/functions/{FunctionName}/policy?Qualifier=x`. */
export const readUriPattern = (text: string): UriPattern => {
  const [path = '', query = ''] = text.split('?', 2);
  return {
    segments: segmentsOf(path).map(readSegment),
    query: [...new URLSearchParams(query)],
  };
};

const readSegment = (text: string): UriSegment => {
  const name = /^\{([^}+]+)(\+?)\}$/.exec(text);
  if (name === null) return { kind: 'text', name: text };
  return { kind: name[2] === '+' ? 'greedyLabel' : 'label', name: name[1] ?? '' };
};

const segmentsOf = (path: string): string[] => path.replace(/^\//, '').split('/');

/** The labels of a path that fits a pattern; undefined where it does not. A slash at the end makes no difference. */
export const matchPath = ({ segments }: UriPattern, path: string): UriLabels | undefined => {
  const given = segmentsOf(path.length > 1 ? path.replace(/\/$/, '') : path);
  const labels = new Map<string, string>();
  for (const [at, { kind, name }] of segments.entries()) {
    const text = kind === 'greedyLabel' ? given.slice(at).join('/') : (given[at] ?? '');
    const value = decoded(text);
    if (value === undefined || (kind === 'text' ? value !== name : value === '')) return undefined;
    if (kind !== 'text') labels.set(name, value);
    if (kind === 'greedyLabel') return labels;
  }
  return given.length === segments.length ? labels : undefined;
};

/**
 * Whether a query holds what a pattern asks for. `x-id` names the operation to those who wonder; clients may leave it out.
 */
export const matchQuery = ({ query }: UriPattern, given: URLSearchParams): boolean =>
  query.every(([name, value]) => {
    const values = given.getAll(name);
    return name === 'x-id' && values.length === 0 ? true : values.includes(value);
  });

/** How much a pattern asks for: of several that fit, the one that asks for most is meant. */
export const precision = ({ segments, query }: UriPattern): number =>
  query.filter(([name]) => name !== 'x-id').length * 100 + segments.filter(({ kind }) => kind === 'text').length;

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
