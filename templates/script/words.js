// The report's behaviour: filter, search, sort, open, copy, share. Nothing is fetched. The only HTML made from text is that of
// the rows that the page carries folded up, which were escaped with all others when the page was made.

const inWords = (count) => count.toLocaleString('en');
/** `60 findings`, or `12 of 60 findings` where a filter holds some back. */
const findingsInWords = (count, all) =>
  `${count === all ? '' : `${inWords(count)} of `}${inWords(all)} ${all === 1 ? 'finding' : 'findings'}`;
const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);
