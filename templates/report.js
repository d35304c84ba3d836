// The report's behaviour: filter, search, sort, open, share. Nothing is fetched. The only HTML made from text is that of the
// rows that the page carries folded up, which were escaped with all others when the page was made.
(() => {
  const PAGE = 100;
  /** As many rows of a table are printed as a page without folded rows may have. */
  const PRINTED = 500;
  document.documentElement.classList.add('js');

  const inWords = (count) => count.toLocaleString('en');
  /** `60 findings`, or `12 of 60 findings` where a filter holds some back. */
  const findingsInWords = (count, all) =>
    `${count === all ? '' : `${inWords(count)} of `}${inWords(all)} ${all === 1 ? 'finding' : 'findings'}`;
  const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  const markup = globalThis.trustedTypes?.createPolicy('vigil-rows', { createHTML: (text) => text }) ?? {
    createHTML: (text) => text,
  };
  const tableOf = (html) => {
    const table = document.createElement('table');
    table.innerHTML = markup.createHTML(html);
    return table;
  };

  /** The HTML of items that are still folded up: each is an empty element, with its attributes, until it is looked at. */
  const folded = new WeakMap();
  const fill = (item) => {
    const html = folded.get(item);
    if (html === undefined) return item;
    folded.delete(item);
    item.append(...tableOf(html).querySelector('.item').childNodes);
    item.querySelector('.toggle')?.setAttribute('aria-expanded', 'false');
    return item;
  };

  /** The items that the page carries folded up for a table. Source: `folded-rows.ts`. */
  const unfold = async (table) => {
    const holder = table.parentNode.querySelector('.folded');
    if (holder === null) return [];
    const bytes = Uint8Array.from(atob(holder.textContent), (character) => character.charCodeAt(0));
    holder.remove();
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const rows = (await new Response(stream).text()).split('\n');
    // An attribute's `>` is escaped: the first one ends the start tag.
    const items = [
      ...tableOf(rows.map((row) => row.slice(0, row.indexOf('>') + 1)).join('')).querySelectorAll('.item'),
    ];
    for (const [index, item] of items.entries()) folded.set(item, rows[index]);
    return items;
  };

  const ENTITIES = { lt: '<', gt: '>', quot: '"', '#10': ' ', '#x27': "'", '#x60': '`', '#x3D': '=', amp: '&' };
  const textOf = (item) =>
    folded
      .get(item)
      ?.replace(/<[^>]*>/g, ' ')
      .replace(/&([^;]*);/g, (_, name) => ENTITIES[name]) ?? item.textContent;

  const texts = new WeakMap();
  /** Whether the whole text of an item, folded parts too, holds each of the words. */
  const holds = (item, words) => {
    if (words.length === 0) return true;
    if (!texts.has(item)) texts.set(item, textOf(item).toLowerCase().replace(/\s+/g, ' '));
    const text = texts.get(item);
    return words.every((word) => text.includes(word));
  };
  /** Reads the texts of items while nobody asks, so that the first search need not. */
  const readAhead = (items) => {
    let next = 0;
    const readSome = (deadline) => {
      while (next < items.length && deadline.timeRemaining() > 1) {
        holds(items[next], ['']);
        next += 1;
      }
      if (next < items.length) requestIdleCallback(readSome);
    };
    requestIdleCallback(readSome);
  };

  /** A table whose items can be filtered and sorted, and of which only so many are shown at first. */
  const makeListing = (table) => {
    const items = [...table.querySelectorAll('.item')];
    const holder = items[0].parentNode;
    const head = [...holder.children].filter((child) => !items.includes(child));
    const more = table.parentNode.querySelector('.more');
    const paper = matchMedia('print');
    let order = items;
    let sorted = null;
    let limit = PAGE;
    let matches = () => true;
    let matched = items;

    const place = (count) => {
      const shown = matched.slice(0, count).map(fill);
      for (const item of shown) item.classList.add('shown');
      holder.replaceChildren(...head, ...shown);
    };

    const show = () => {
      place(paper.matches ? PRINTED : limit);
      more.hidden = matched.length <= limit;
      more.textContent = `Show ${inWords(Math.min(PAGE, matched.length - limit))} more of ${inWords(matched.length - limit)}`;
      const unprinted = table.parentNode.querySelector('.unprinted');
      if (unprinted !== null) unprinted.hidden = matched.length <= PRINTED;
      return matched.length;
    };

    const arrange = () => {
      if (sorted !== null) {
        const { key, descending } = sorted;
        const factor = descending ? -1 : 1;
        const keyOf = new Map(items.map((item) => [item, item.getAttribute(`data-by-${key}`)]));
        // Array.prototype.sort is stable: equal items stay from the worst to the mildest.
        order = [...items].sort((left, right) => {
          const a = keyOf.get(left);
          const b = keyOf.get(right);
          return a < b ? -factor : a > b ? factor : 0;
        });
      }
      matched = order.filter(matches);
      return show();
    };

    const sort = (key, descending) => {
      sorted = { key, descending };
      for (const button of table.querySelectorAll('[data-sort]')) {
        const direction = descending ? 'descending' : 'ascending';
        button.closest('th').setAttribute('aria-sort', button.dataset.sort === key ? direction : 'none');
      }
      arrange();
    };

    const filter = (predicate) => {
      matches = predicate;
      limit = PAGE;
      matched = order.filter(matches);
      return show();
    };

    const reveal = (item) => {
      limit = Math.max(limit, matched.indexOf(item) + 1);
      show();
    };

    const shows = (item) => matched.includes(item);

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
      next.querySelector('button, a')?.focus();
    });
    paper.addEventListener('change', show);

    /** Calls back with the column, and whether it is to be sorted downwards, that a click asks for. */
    const onSort = (callback) => {
      table.tHead.addEventListener('click', (event) => {
        const button = event.target.closest('[data-sort]');
        if (button === null) return;
        callback(button.dataset.sort, button.closest('th').getAttribute('aria-sort') === 'ascending');
      });
    };

    return { table, items, sort, filter, reveal, shows, add, onSort };
  };

  const setOpen = (item, open) => {
    item.classList.toggle('open', open);
    item.querySelector('.toggle').setAttribute('aria-expanded', String(open));
    const guidance = item.querySelector('.guidance');
    if (!open || guidance === null || guidance.querySelector('.guide-text') !== null) return;
    // The guidance stands once in the page for all findings of a check; an open finding shows it beside its facts.
    const text = document.getElementById(guidance.dataset.guide).querySelector('.guide-text').cloneNode(true);
    for (const mending of text.querySelectorAll('.mending')) {
      if (mending.id !== guidance.dataset.mending) mending.remove();
      mending.removeAttribute('id');
      mending.querySelector('.whose')?.remove();
    }
    guidance.append(text);
  };

  const openOnClick = (table) => {
    table.addEventListener('click', ({ target }) => {
      const row = target.closest('tr.row');
      const selectsText = getSelection().isCollapsed === false;
      if (row === null || row.matches('.item') || selectsText || target.closest('a') !== null) return;
      setOpen(row.parentNode, !row.parentNode.classList.contains('open'));
    });
  };

  const bringIntoView = (item) => {
    setOpen(item, true);
    item.scrollIntoView();
    item.querySelector('.toggle').focus({ preventScroll: true });
  };

  /** The filter's controls, read and written as the parameters that the address carries: `severity=high&q=alice`. */
  const makeFilter = (form) => {
    const boxes = [...form.querySelectorAll('[name=severity]')];
    const selects = [...form.querySelectorAll('select')];

    const read = () => {
      const state = new URLSearchParams();
      const severities = boxes.filter(({ checked }) => checked).map(({ value }) => value);
      const query = form.elements.q.value.trim();
      if (query !== '') state.set('q', query);
      if (severities.length > 0) state.set('severity', severities.join(','));
      for (const { name, value } of selects) if (value !== '') state.set(name, value);
      return state;
    };

    const write = (state) => {
      form.elements.q.value = state.get('q') ?? '';
      const severities = (state.get('severity') ?? '').split(',');
      for (const box of boxes) box.checked = severities.includes(box.value);
      for (const select of selects) {
        const known = [...select.options].some(({ value }) => value === state.get(select.name));
        select.value = known ? state.get(select.name) : '';
      }
    };

    /** Whether a finding passes the filter as it stands. */
    const predicate = () => {
      const state = read();
      const words = wordsOf(state.get('q') ?? '');
      const severities = state.get('severity')?.split(',');
      const chosen = selects.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]);
      return (item) =>
        (severities === undefined || severities.includes(item.dataset.severity)) &&
        chosen.every(([name, value]) => item.dataset[name] === value) &&
        holds(item, words);
    };

    return { read, write, predicate };
  };

  const FIRST_SORT = 'severity';

  /** All findings, whatever group they are in: filtered and sorted together, by what the address says. */
  const makeFindings = (form, listings) => {
    const filter = makeFilter(form);
    const all = () => listings.flatMap(({ items }) => items);
    const columns = [...listings[0].table.querySelectorAll('[data-sort]')].map(({ dataset }) => dataset.sort);
    let sorted = FIRST_SORT;

    const apply = () => {
      const matches = filter.predicate();
      let total = 0;
      for (const listing of listings) {
        const count = listing.filter(matches);
        const group = listing.table.closest('.group');
        group.classList.toggle('empty', count === 0);
        group.querySelector('.count').textContent = findingsInWords(count, listing.items.length);
        total += count;
      }
      document.getElementById('result').value = findingsInWords(total, all().length);
      document.getElementById('no-match').hidden = total > 0;
    };

    /** By a column: `subject`, or `-subject` for downwards. */
    const sort = (wanted) => {
      if (wanted === sorted) return;
      sorted = wanted;
      for (const listing of listings) listing.sort(wanted.replace(/^-/, ''), wanted.startsWith('-'));
    };

    const share = () => {
      const state = filter.read();
      if (sorted !== FIRST_SORT) state.set('sort', sorted);
      history.replaceState(null, '', state.size === 0 ? location.pathname + location.search : `#${state}`);
    };

    const restore = (state) => {
      const wanted = state.get('sort') ?? FIRST_SORT;
      filter.write(state);
      sort(columns.includes(wanted.replace(/^-/, '')) ? wanted : FIRST_SORT);
      apply();
    };

    const goTo = (finding) => {
      const listing = listings.find(({ items }) => items.includes(finding));
      if (!listing.shows(finding)) restore(new URLSearchParams());
      listing.reveal(finding);
      bringIntoView(finding);
    };

    /** Follows the address: the state of the filters, a finding, or (left to the browser) a section. */
    const follow = () => {
      const fragment = location.hash.slice(1);
      const finding = all().find(({ id }) => id === fragment);
      if (finding !== undefined) return goTo(finding);
      if (!fragment.includes('=')) return;
      restore(new URLSearchParams(fragment));
      document.getElementById('findings').scrollIntoView();
    };

    return { apply, sort, share, restore, follow };
  };

  const startFindings = (form) => {
    const listings = [...document.querySelectorAll('table.findings')].map(makeListing);
    const findings = makeFindings(form, listings);
    for (const toggle of document.querySelectorAll('.finding .toggle')) toggle.setAttribute('aria-expanded', 'false');

    let sharing;
    form.addEventListener('input', () => {
      findings.apply();
      // Browsers refuse many changes of the address in a short time.
      clearTimeout(sharing);
      sharing = setTimeout(findings.share, 150);
    });
    form.addEventListener('submit', (event) => event.preventDefault());
    document.getElementById('clear').addEventListener('click', () => {
      findings.restore(new URLSearchParams());
      findings.share();
    });
    document.getElementById('expand').addEventListener('click', ({ target }) => {
      const open = target.textContent === 'Open all';
      for (const finding of document.querySelectorAll('.finding.shown')) setOpen(finding, open);
      target.textContent = open ? 'Close all' : 'Open all';
    });
    for (const listing of listings) {
      listing.onSort((column, descending) => {
        findings.sort((descending ? '-' : '') + column);
        findings.share();
      });
      openOnClick(listing.table);
    }

    findings.apply();
    findings.follow();
    for (const listing of listings) {
      unfold(listing.table).then((items) => {
        if (items.length === 0) return;
        listing.add(items);
        findings.apply();
        findings.follow();
        readAhead(listing.items);
      });
    }
    // When all is loaded the browser goes to the fragment by itself, and takes the focus away.
    addEventListener('load', findings.follow);
    addEventListener('hashchange', findings.follow);
  };

  /** A table with a search of its own: principals, credentials. */
  const startTable = (table) => {
    const listing = makeListing(table);
    const search = document.getElementById(table.dataset.search);
    const apply = () => {
      const words = wordsOf(search.value);
      listing.filter((item) => holds(item, words));
    };
    /** Follows the address to an item that can be opened. */
    const follow = () => {
      const fragment = location.hash.slice(1);
      const item = listing.items.find(({ id }) => id === fragment);
      if (fragment === '' || item === undefined) return;
      if (!listing.shows(item)) {
        search.value = '';
        apply();
      }
      listing.reveal(item);
      bringIntoView(item);
    };
    for (const toggle of table.querySelectorAll('.toggle')) toggle.setAttribute('aria-expanded', 'false');
    listing.onSort(listing.sort);
    openOnClick(table);
    search.addEventListener('input', apply);
    apply();
    follow();
    unfold(table).then((items) => {
      if (items.length === 0) return;
      listing.add(items);
      follow();
    });
    addEventListener('load', follow);
    addEventListener('hashchange', follow);
  };

  const startPrinting = () => {
    let opened = [];
    addEventListener('beforeprint', () => {
      opened = [...document.querySelectorAll('details:not([open])')];
      for (const details of opened) details.open = true;
    });
    addEventListener('afterprint', () => {
      for (const details of opened) details.open = false;
    });
  };

  document.addEventListener('DOMContentLoaded', () => {
    const form = document.getElementById('filter');
    if (form !== null) startFindings(form);
    for (const table of document.querySelectorAll('table[data-search]')) startTable(table);
    startPrinting();
  });
})();
