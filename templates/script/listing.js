const PAGE = 100;
/** As many rows of a table are printed as a page without folded rows may have. */
const PRINTED = 500;
/** As many items are looked at before the clock is. */
const STRIDE = 50;

/** A table whose items can be filtered and sorted, and of which only so many are shown at first. */
const makeListing = (table) => {
  const items = itemsOf(table);
  const holder = items[0].element.parentNode;
  const head = [...holder.children].filter((child) => !child.matches('.item'));
  const more = table.parentNode.querySelector('.more');
  const unprinted = table.parentNode.querySelector('.unprinted');
  const paper = matchMedia('print');
  let order = items;
  let sorted = null;
  let limit = PAGE;
  let matched = items;
  let placed = null;

  const show = () => {
    const count = paper.matches ? PRINTED : limit;
    const shown = matched.slice(0, count);
    if (placed === null || shown.length !== placed.length || shown.some((item, index) => item !== placed[index])) {
      const elements = shown.map(elementOf);
      for (const element of elements) element.classList.add('shown');
      holder.replaceChildren(...head, ...elements);
      placed = shown;
    }
    more.hidden = matched.length <= limit;
    more.textContent = `Show ${inWords(Math.min(PAGE, matched.length - limit))} more of ${inWords(matched.length - limit)}`;
    if (unprinted !== null) unprinted.hidden = matched.length <= PRINTED;
  };

  const arrange = () => {
    order = items;
    if (sorted === null) return;
    const { key, descending } = sorted;
    const factor = descending ? -1 : 1;
    const keyed = items.map((item) => [attributeOf(item, `data-by-${key}`), item]);
    // Array.prototype.sort is stable: equal items stay from the worst to the mildest.
    keyed.sort(([a], [b]) => (a < b ? -factor : a > b ? factor : 0));
    order = keyed.map(([, item]) => item);
  };

  /** Marks the column; what is shown follows when the items are filtered again. */
  const sort = (key, descending) => {
    sorted = { key, descending };
    for (const button of table.querySelectorAll('[data-sort]')) {
      const direction = descending ? 'descending' : 'ascending';
      button.closest('th').setAttribute('aria-sort', button.dataset.sort === key ? direction : 'none');
    }
    arrange();
  };

  const matching = function* (matches) {
    for (const [index, item] of order.entries()) {
      if (matches(item)) matched.push(item);
      if (index % STRIDE === 0) yield;
    }
  };

  /** Begins to filter, in the order of the table, and gives the steps of it; `matches` null: all pass, at once. */
  const filter = (matches) => {
    limit = PAGE;
    matched = matches === null ? order : [];
    return matches === null ? [].values() : matching(matches);
  };

  const reveal = (item) => {
    limit = Math.max(limit, matched.indexOf(item) + 1);
    show();
  };

  /** The items that came out of the folds stand behind those that were there. */
  const add = (unfolded) => {
    items.push(...unfolded);
    arrange();
  };

  more.addEventListener('click', () => {
    const next = matched[limit];
    limit += PAGE;
    show();
    // The reader goes on at the first item that came.
    elementOf(next).querySelector('button, a')?.focus();
  });
  paper.addEventListener('change', show);

  /**
   * Calls back with the column, and whether it is to be sorted downwards, that a click asks for: first upwards, or as the column
   * says by `data-first`.
   */
  const onSort = (callback) => {
    table.tHead.addEventListener('click', (event) => {
      const button = event.target.closest('[data-sort]');
      if (button === null) return;
      const now = button.closest('th').getAttribute('aria-sort');
      callback(button.dataset.sort, now === 'ascending' || (now === 'none' && button.dataset.first === 'descending'));
    });
  };

  return {
    table,
    items,
    show,
    sort,
    filter,
    reveal,
    shows: (item) => matched.includes(item),
    count: () => matched.length,
    find: (id) => items.find((item) => attributeOf(item, 'id') === id),
    add,
    onSort,
  };
};
