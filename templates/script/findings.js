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

  /** Whether a finding passes the filter as it stands; null: all do. */
  const predicate = () => {
    const state = read();
    if (state.size === 0) return null;
    const words = wordsOf(state.get('q') ?? '');
    const severities = state.get('severity')?.split(',');
    const chosen = selects.filter(({ value }) => value !== '').map(({ name, value }) => [`data-${name}`, value]);
    return (item) =>
      (severities === undefined || severities.includes(attributeOf(item, 'data-severity'))) &&
      chosen.every(([name, value]) => attributeOf(item, name) === value) &&
      (words.length === 0 || holds(item, words));
  };

  return { read, write, predicate };
};

const FIRST_SORT = 'severity';

/** All findings, whatever group they are in: filtered and sorted together, by what the address says. */
const makeFindings = (form, listings) => {
  const filter = makeFilter(form);
  const result = document.getElementById('result');
  const columns = [...listings[0].table.querySelectorAll('[data-sort]')].map(({ dataset }) => dataset.sort);
  let sorted = FIRST_SORT;
  let stop = () => {};
  let folded = listings.length;
  let matches = null;

  const tell = (filtered) => {
    const done = filtered && folded === 0;
    // The page was made with the counts of all: they hold for as long as nobody asks and rows are still folded up.
    const told = done || matches !== null;
    let total = 0;
    let all = 0;
    for (const listing of listings) {
      const count = listing.count();
      const group = listing.table.closest('.group');
      listing.show();
      group.classList.toggle('empty', count === 0);
      if (told) group.querySelector('.count').textContent = findingsInWords(count, listing.items.length);
      total += count;
      all += listing.items.length;
    }
    // What is busy is not read out.
    result.setAttribute('aria-busy', String(!done));
    if (told) result.value = `${findingsInWords(total, all)}${done ? '' : ' so far'}`;
    document.getElementById('no-match').hidden = !done || total > 0;
  };

  const apply = () => {
    stop();
    matches = filter.predicate();
    const filtering = listings.map((listing) => listing.filter(matches));
    const steps = function* () {
      for (const one of filtering) yield* one;
    };
    stop = inSlices(steps(), tell);
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

  /** Follows the address: the state of the filters, a finding, or (left to the browser) a section. */
  const follow = () => {
    const fragment = location.hash.slice(1);
    if (fragment === '') return;
    for (const listing of listings) {
      const finding = listing.find(fragment);
      if (finding === undefined) continue;
      if (!listing.shows(finding)) restore(new URLSearchParams());
      listing.reveal(finding);
      return bringIntoView(elementOf(finding));
    }
    if (!fragment.includes('=')) return;
    restore(new URLSearchParams(fragment));
    document.getElementById('findings').scrollIntoView();
  };

  /** The rows of one of the tables are all there. */
  const unfolded = () => {
    folded -= 1;
    apply();
  };

  return { apply, sort, share, restore, follow, unfolded };
};

const startFindings = (form) => {
  const listings = [...document.querySelectorAll('table.findings')].map(makeListing);
  const findings = makeFindings(form, listings);

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
      findings.apply();
      findings.share();
    });
    openOnClick(listing.table);
  }

  findings.apply();
  findings.follow();
  for (const listing of listings) {
    unfold(listing.table).then((items) => {
      listing.add(items);
      findings.unfolded();
      if (items.length === 0) return;
      findings.follow();
      readAhead(listing.items);
    });
  }
  // When all is loaded the browser goes to the fragment by itself, and takes the focus away.
  addEventListener('load', findings.follow);
  addEventListener('hashchange', findings.follow);
};
