const setOpen = (element, open) => {
  element.classList.toggle('open', open);
  element.querySelector('.toggle').setAttribute('aria-expanded', String(open));
  if (!open) return;
  offerCopy(element, element.querySelector('.permalink'));
  const guidance = element.querySelector('.guidance');
  if (guidance === null || guidance.querySelector('.guide-text') !== null) return;
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

const bringIntoView = (element) => {
  if (element.matches('tbody')) setOpen(element, true);
  element.scrollIntoView();
  element.querySelector('.toggle')?.focus({ preventScroll: true });
};
