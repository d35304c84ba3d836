import { type Instant, toInstant } from '../../kernel/time.ts';

/** A member that AWS always sends; throws where it is absent, so that the call counts as failed. */
export const required = <T>(value: T | undefined, member: string): T => {
  if (value === undefined) throw new Error(`the answer lacks \`${member}\``);
  return value;
};

/** The time that the SDK read from an answer. */
export const isoTime = (date: Date): Instant => toInstant(date.getTime());

/** The time of an answer's member that may be absent. */
export const isoTimeOrAbsent = (date: Date | undefined): Instant | undefined =>
  date === undefined ? undefined : isoTime(date);

/** A policy document as plain JSON text: AWS sends it URL-encoded (RFC 3986, so `+` is a plus). */
export const documentText = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch {
    // Not AWS's encoding: whoever parses the document says what is wrong with it.
    return encoded;
  }
};

/**
 * An answer that holds something. The SDK reads a page of HTML, or no body at all, as an answer without members;
 * taken for an empty list it would say that an account is clean. AWS sends empty lists as empty elements.
 */
export const answered = <T extends object>(answer: T): T => {
  if (Object.keys(answer).every((member) => member === '$metadata')) {
    throw new Error('the answer is empty, or not an answer of AWS');
  }
  return answer;
};

interface Page {
  readonly IsTruncated?: boolean | undefined;
  readonly Marker?: string | undefined;
}

/** The items of all pages, in order. Throws where the pages have no end: the same marker comes again, or none. */
export const allPages = async <P extends Page, Item>(
  fetchPage: (Marker: string | undefined) => Promise<P>,
  itemsOf: (page: P) => readonly Item[],
): Promise<readonly Item[]> =>
  allTokenPages(
    async (marker) => answered(await fetchPage(marker)),
    itemsOf,
    (page) => (page.IsTruncated === true ? required(page.Marker, 'Marker') : undefined),
  );

/** The same of a service that tells of further pages by their token alone. */
export const allTokenPages = async <P extends object, Item>(
  fetchPage: (token: string | undefined) => Promise<P>,
  itemsOf: (page: P) => readonly Item[],
  tokenOf: (page: P) => string | undefined,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const page = await fetchPage(token);
    for (const item of itemsOf(page)) items.push(item);
    token = tokenOf(page);
    // Some services end with an empty token.
    if (token === undefined || token === '') return items;
    if (seen.has(token)) throw new Error('the pages go in a circle: the same marker came twice');
    seen.add(token);
  }
};
