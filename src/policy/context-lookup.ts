/**
 * What is known of a condition key of a request, the key given in lower case: its values, that the request does not have
 * it, or that nobody knows.
 */
export type ContextLookup = (key: string) => readonly string[] | 'absent' | 'unknown';
