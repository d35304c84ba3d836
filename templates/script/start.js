/** A table with a search of its own: principals, unused access, credentials. */
const startTable = (table) => {
  const listing = makeListing(table);
  const search = document.getElementById(table.dataset.search);
  let stop = () => {};
  const apply = () => {
    stop();
    const words = wordsOf(search.value);
    stop = inSlices(listing.filter(words.length === 0 ? null : (item) => holds(item, words)), listing.show);
  };
  /** Follows the address to an item of the table. */
  const follow = () => {
    const fragment = location.hash.slice(1);
    const item = fragment === '' ? undefined : listing.find(fragment);
    if (item === undefined) return;
    if (!listing.shows(item)) {
      search.value = '';
      apply();
    }
    listing.reveal(item);
    bringIntoView(elementOf(item));
  };
  listing.onSort((column, descending) => {
    listing.sort(column, descending);
    apply();
  });
  openOnClick(table);
  search.addEventListener('input', apply);
  apply();
  follow();
  unfold(table).then((items) => {
    if (items.length === 0) return;
    listing.add(items);
    apply();
    follow();
  });
  addEventListener('load', follow);
  addEventListener('hashchange', follow);
};

/** On paper nothing is folded but what is for the screen alone. */
const startPrinting = () => {
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open], .screen)')];
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
};

document.documentElement.classList.add('js');
document.addEventListener('DOMContentLoaded', () => {
  const form = document.getElementById('filter');
  if (form !== null) startFindings(form);
  for (const table of document.querySelectorAll('table[data-search]')) startTable(table);
  for (const card of document.querySelectorAll('.card')) offerCopy(card, card.querySelector('.permalink'));
  startPrinting();
});
