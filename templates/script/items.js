// An item of a table (a finding, a principal): an element of the page, or the HTML of one that the page carries folded up, which
// becomes an element when it is looked at.

const markup = globalThis.trustedTypes?.createPolicy('vigil-rows', { createHTML: (text) => text }) ?? {
  createHTML: (text) => text,
};

const ENTITIES = { lt: '<', gt: '>', quot: '"', '#10': ' ', '#x27': "'", '#x60': '`', '#x3D': '=', amp: '&' };
const unescaped = (text) => text.replace(/&([^;]*);/g, (_, name) => ENTITIES[name]);

const closeToggle = (item) => item.querySelector('.toggle')?.setAttribute('aria-expanded', 'false');

/** The items that stand in a table. */
const itemsOf = (table) =>
  [...table.querySelectorAll('.item')].map((element) => {
    closeToggle(element);
    return { element };
  });

/** The items that the page carries folded up for a table. Source: `folded-rows.ts`. */
const unfold = async (table) => {
  const holder = table.parentNode.querySelector('.folded');
  if (holder === null) return [];
  const binary = atob(holder.textContent);
  holder.remove();
  // A loop is ten times as fast as `Uint8Array.from`.
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).text()).split('\n').map((html) => ({ html }));
};

const elementOf = (item) => {
  if (item.element === undefined) {
    const table = document.createElement('table');
    table.innerHTML = markup.createHTML(item.html);
    item.element = table.querySelector('.item');
    item.html = undefined;
    closeToggle(item.element);
  }
  return item.element;
};

/** An attribute of an item; null: it has none of that name. */
const attributeOf = (item, name) => {
  if (item.element !== undefined) return item.element.getAttribute(name);
  // An attribute's `>` and `"` are escaped: the first `>` ends the start tag.
  const tag = item.html.slice(0, item.html.indexOf('>'));
  const start = tag.indexOf(` ${name}="`) + name.length + 3;
  return start < name.length + 3 ? null : unescaped(tag.slice(start, tag.indexOf('"', start)));
};

const textOf = (item) => item.element?.textContent ?? unescaped(item.html.replace(/<[^>]*>/g, ' '));

/** Whether the whole text of an item, what is closed too, holds each of the words. */
const holds = (item, words) => {
  item.text ??= textOf(item).toLowerCase().replace(/\s+/g, ' ');
  return words.every((word) => item.text.includes(word));
};

/** Reads the texts of items while nobody asks, so that the first search need not. */
const readAhead = (items) => {
  let next = 0;
  const readSome = (deadline) => {
    while (next < items.length && deadline.timeRemaining() > 1) {
      holds(items[next], []);
      next += 1;
    }
    if (next < items.length) requestIdleCallback(readSome);
  };
  requestIdleCallback(readSome);
};
