/** A link within the page that shows the findings of a filter: `#severity=high&category=external`. */
export const filterHref = (filter: Readonly<Record<string, string>>): string =>
  `#${Object.entries(filter)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
