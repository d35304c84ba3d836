/** The keys of the policy variables in a text, as written: of `${aws:username, 'anybody'}` it is `aws:username`. */
export const variableKeys = (text: string): string[] =>
  [...text.matchAll(/\$\{([^{}]+)\}/g)].map(([, content = '']) => (content.split(',', 1)[0] ?? '').trim());
