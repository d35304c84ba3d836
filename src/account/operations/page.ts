import { ok, type Result } from '../../kernel/result.ts';
import { type AwsError, awsError } from '../aws-error.ts';
import type { OrderedMap } from '../ordered-map.ts';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The members of the answer that say how to go on. */
  readonly more: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** The paging members of an input. */
export interface PageInput {
  readonly Marker?: string | undefined;
  readonly MaxItems: number;
}

/**
 * Cuts one page out of a list in key order. `from` gives the entries at or after a key ('' for all), so that a page costs
 * no more than itself. A marker names the next key; one that this list did not give is refused.
 */
export const page = <T>(
  list: string,
  { Marker, MaxItems }: PageInput,
  from: (key: string) => Iterable<readonly [string, T]>,
): Result<Page<T>, AwsError> => {
  const cut = cutPage(list, Marker, MaxItems, from);
  if (cut === null) return awsError('ValidationError', 'Invalid Marker.');
  const { items, next } = cut;
  return ok({ items, more: next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: next } });
};

/** One page of a list, and the marker of the next one if there is one; null: the marker is none of this list's. */
export const cutPage = <T>(
  list: string,
  marker: string | undefined,
  maxItems: number,
  from: (key: string) => Iterable<readonly [string, T]>,
): { readonly items: readonly T[]; readonly next: string | undefined } | null => {
  const start = marker === undefined ? '' : keyOfMarker(list, marker);
  if (start === undefined) return null;
  const items: T[] = [];
  for (const [key, item] of from(start)) {
    if (items.length === maxItems) return { items, next: markerOf(list, key) };
    items.push(item);
  }
  return { items, next: undefined };
};

/** A list that is held whole, as a source of pages: its keys are positions. */
export const wholeList =
  <T>(items: readonly T[]) =>
  (from: string): (readonly [string, T])[] =>
    items.map((item, index) => [String(index).padStart(8, '0'), item] as const).filter(([key]) => key >= from);

/** A page of the entities whose path begins as asked, by name. */
export const pageUnderPath = <V extends { readonly path: string }>(
  list: string,
  input: PageInput & { readonly PathPrefix: string },
  entities: OrderedMap<V>,
): Result<Page<V>, AwsError> =>
  page(list, input, function* (from) {
    for (const entry of entities.entriesFrom(from)) if (entry[1].path.startsWith(input.PathPrefix)) yield entry;
  });

const markerOf = (list: string, key: string): string => Buffer.from(`${list}\n${key}`, 'utf8').toString('base64url');

const keyOfMarker = (list: string, marker: string): string | undefined => {
  const text = Buffer.from(marker, 'base64url').toString('utf8');
  const key = text.startsWith(`${list}\n`) ? text.slice(list.length + 1) : undefined;
  return key !== undefined && markerOf(list, key) === marker ? key : undefined;
};
