// What a finding or a card says, as text for a ticket or a mail.

const LEFT_OUT = '.permalink, .copy, .transcript, .links, .legend, thead, .guidance > a';
const BLOCKS = 'p, div, h3, h4, ul, ol, li, dl, dt, dd, pre, details, summary, table, tbody, tr, article';

/** How a line begins that an element begins. */
const markOf = (element) => {
  if (!element.matches('li')) return '';
  const place = [...element.parentNode.children].indexOf(element) + 1;
  return element.parentNode.matches('ol') ? `${place}. ` : '- ';
};

const squeezed = (text) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,;:](?: |$))/g, '')
    .trim();

/** Adds the lines of a block: a heading stands off, what stands in a list is indented, a fact follows its name. */
const addBlock = (lines, block) => {
  const mark = markOf(block);
  const indent = block.matches('li, dd') ? ' '.repeat(mark.length || 2) : '';
  const inner = linesOf(block).map((line, index) => (index === 0 && mark !== '' ? mark : indent) + line);
  if (block.matches('h4, .guidance')) lines.push('');
  if (block.matches('h4, dt')) lines.push(`${inner.join(' ')}:`);
  else if (block.matches('dd') && inner.length === 1)
    lines.push(`${lines.pop() ?? ''} ${inner[0].replace(/^ *(- )?/, '')}`);
  else lines.push(...inner);
};

/** The lines of an element: each block in it has its own, a row of a table is one. */
const linesOf = (element) => {
  if (element.matches('pre')) return element.textContent.trim().split('\n');
  if (element.matches('tr')) {
    const cells = [...element.cells].map((cell) => linesOf(cell).join(' '));
    return [cells.filter((text) => text !== '').join(' · ')];
  }
  const lines = [];
  let text = '';
  const flush = () => {
    if (squeezed(text) !== '') lines.push(squeezed(text));
    text = '';
  };
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) text += child.data;
    if (child.nodeType !== Node.ELEMENT_NODE || child.matches(LEFT_OUT)) continue;
    if (child.matches(BLOCKS)) {
      flush();
      addBlock(lines, child);
    } else text += ` ${child.textContent} `;
  }
  flush();
  return lines;
};

/** The text of an open finding, or of a card: what it is, of whom, the proof, how to mend it, and the link to it. */
const textToCopy = (element) => {
  const sheet = element.querySelector('.sheet');
  // Of a row that can be opened; a card has none.
  const told = element.querySelectorAll('.row :is(.severity, .subject, .kind), .row > th');
  const head = [...told].map((cell) => squeezed(cell.textContent));
  const { hash } = element.querySelector('.permalink');
  return [...head, ...linesOf(sheet ?? element), '', location.href.split('#')[0] + hash].join('\n').trim();
};

/** Copies where the page may not write to the clipboard by itself: from a field, which stays where that fails too. */
const copyFromField = (text, button) => {
  const field = document.createElement('textarea');
  field.className = 'copy';
  field.setAttribute('aria-label', 'Text to copy');
  field.readOnly = true;
  field.value = text;
  button.after(field);
  field.select();
  const copied = document.execCommand('copy');
  if (copied) {
    field.remove();
    button.focus();
  }
  return copied;
};

const copy = async (text, button) => {
  button.parentNode.querySelector('textarea.copy')?.remove();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromField(text, button);
  }
};

/** Puts a button before an element that copies the finding or card that it stands in, and tells that it did. */
const offerCopy = (element, place) => {
  if (element.querySelector('button.copy') !== null) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy as text';
  const told = document.createElement('output');
  told.className = 'copy';
  place.before(button, told);
  button.addEventListener('click', async () => {
    told.value = '';
    const copied = await copy(textToCopy(element), button);
    told.value = copied ? 'Copied' : 'Press Ctrl+C or ⌘C to copy';
  });
};
