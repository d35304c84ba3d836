// The report's behaviour: filter, search, sort, open, share. The page is whole without it; nothing here makes HTML
// from text, and nothing is fetched.
(() => {
  const PAGE = 100;
  document.documentElement.classList.add('js');

  const inWords = (count) => count.toLocaleString('en');
  /** `60 findings`, or `12 of 60 findings` where a filter holds some back. */
  const findingsInWords = (count, all) =>
    `${count === all ? '' : `${inWords(count)} of `}${inWords(all)} ${all === 1 ? 'finding' : 'findings'}`;
  const wordsOf = (text) => text.toLowerCase().split(/\s+/).filter(Boolean);

  const texts = new WeakMap();
  /** Whether the whole text of an item, folded parts too, holds each of the words. */
  const holds = (item, words) => {
    if (words.length === 0) return true;
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase().replace(/\s+/g, ' '));
    const text = texts.get(item);
    return words.every((word) => text.includes(word));
  };

  /** A table whose items can be filtered and sorted, and of which only so many are shown at first. */
  const makeListing = (table) => {
    const items = [...table.querySelectorAll('.item')];
    const holder = items[0].parentNode;
    const more = table.parentNode.querySelector('.more');
    let order = items;
    let limit = PAGE;
    let matches = () => true;

    const show = () => {
      let count = 0;
      for (const item of order) {
        const matched = matches(item);
        if (matched) count += 1;
        item.classList.toggle('match', matched);
        item.classList.toggle('shown', matched && count <= limit);
      }
      more.hidden = count <= limit;
      more.textContent = `Show ${inWords(Math.min(PAGE, count - limit))} more of ${inWords(count - limit)}`;
      return count;
    };

    const sort = (key, descending) => {
      const factor = descending ? -1 : 1;
      const keyOf = new Map(items.map((item) => [item, item.getAttribute(`data-by-${key}`)]));
      // Array.prototype.sort is stable: equal items stay from the worst to the mildest.
      order = [...items].sort((left, right) => {
        const a = keyOf.get(left);
        const b = keyOf.get(right);
        return a < b ? -factor : a > b ? factor : 0;
      });
      const moved = document.createDocumentFragment();
      for (const item of order) moved.append(item);
      holder.append(moved);
      for (const button of table.querySelectorAll('[data-sort]')) {
        const direction = descending ? 'descending' : 'ascending';
        button.closest('th').setAttribute('aria-sort', button.dataset.sort === key ? direction : 'none');
      }
      show();
    };

    const filter = (predicate) => {
      matches = predicate;
      limit = PAGE;
      return show();
    };

    const reveal = (item) => {
      limit = Math.max(limit, order.filter(matches).indexOf(item) + 1);
      show();
    };

    more.addEventListener('click', () => {
      const next = order.filter(matches)[limit];
      limit += PAGE;
      show();
      // The reader goes on at the first item that came.
      next.querySelector('button, a')?.focus();
    });

    /** Calls back with the column, and whether it is to be sorted downwards, that a click asks for. */
    const onSort = (callback) => {
      table.tHead.addEventListener('click', (event) => {
        const button = event.target.closest('[data-sort]');
        if (button === null) return;
        callback(button.dataset.sort, button.closest('th').getAttribute('aria-sort') === 'ascending');
      });
    };

    return { table, items, sort, filter, reveal, onSort };
  };

  const setOpen = (finding, open) => {
    finding.classList.toggle('open', open);
    finding.querySelector('.toggle').setAttribute('aria-expanded', String(open));
    const guidance = finding.querySelector('.guidance');
    if (!open || guidance.querySelector('.guide-text') !== null) return;
    // The guidance stands once in the page for all findings of a check; an open finding shows it beside its facts.
    const text = document.getElementById(guidance.dataset.guide).querySelector('.guide-text').cloneNode(true);
    for (const mending of text.querySelectorAll('.mending')) {
      if (mending.id !== guidance.dataset.mending) mending.remove();
      mending.removeAttribute('id');
      mending.querySelector('.whose')?.remove();
    }
    guidance.append(text);
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
    const all = listings.flatMap(({ items }) => items);
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
      document.getElementById('result').value = findingsInWords(total, all.length);
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
      if (!finding.classList.contains('match')) restore(new URLSearchParams());
      for (const listing of listings) if (listing.items.includes(finding)) listing.reveal(finding);
      setOpen(finding, true);
      finding.scrollIntoView();
      finding.querySelector('.toggle').focus({ preventScroll: true });
    };

    /** Follows the address: the state of the filters, a finding, or (left to the browser) a section. */
    const follow = () => {
      const fragment = location.hash.slice(1);
      const finding = all.find(({ id }) => id === fragment);
      if (finding !== undefined) return goTo(finding);
      if (!fragment.includes('=')) return;
      restore(new URLSearchParams(fragment));
      document.getElementById('findings').scrollIntoView();
    };

    return { all, apply, sort, share, restore, follow };
  };

  const startFindings = (form) => {
    const listings = [...document.querySelectorAll('table.findings')].map(makeListing);
    const findings = makeFindings(form, listings);
    for (const finding of findings.all) finding.querySelector('.toggle').setAttribute('aria-expanded', 'false');

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
      for (const finding of findings.all) if (finding.classList.contains('shown')) setOpen(finding, open);
      target.textContent = open ? 'Close all' : 'Open all';
    });
    for (const listing of listings) {
      listing.onSort((column, descending) => {
        findings.sort((descending ? '-' : '') + column);
        findings.share();
      });
      listing.table.addEventListener('click', ({ target }) => {
        const row = target.closest('tr.row');
        const selectsText = getSelection().isCollapsed === false;
        if (row !== null && !selectsText) setOpen(row.parentNode, !row.parentNode.classList.contains('open'));
      });
    }

    findings.apply();
    findings.follow();
    // When all is loaded the browser goes to the fragment by itself, and takes the focus away.
    addEventListener('load', findings.follow);
    addEventListener('hashchange', findings.follow);
  };

  const startPrincipals = (table) => {
    const listing = makeListing(table);
    listing.onSort(listing.sort);
    document.getElementById('principal-search').addEventListener('input', ({ target }) => {
      const words = wordsOf(target.value);
      listing.filter((item) => holds(item, words));
    });
    listing.filter(() => true);
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
    const principals = document.querySelector('table.principals');
    if (form !== null) startFindings(form);
    if (principals !== null) startPrincipals(principals);
    startPrinting();
  });
})();
