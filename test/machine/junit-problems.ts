import { DOMParser, type Element, onWarningStopParsing } from '@xmldom/xmldom';

/** What may stand in an element, by the rules that Jenkins and GitLab hold reports to (jenkinsci/xunit-plugin, junit-10.xsd). */
const ELEMENTS: Readonly<Record<string, { readonly attributes: RegExp; readonly children: RegExp }>> = {
  testsuites: { attributes: /^(name|time|tests|failures|errors|disabled|skipped)$/, children: /^(testsuite )*$/ },
  testsuite: {
    attributes: /^(name|tests|failures|errors|time|disabled|skipped|timestamp|hostname|id|package)$/,
    children: /^(properties )?(testcase )*(system-out )?(system-err )?$/,
  },
  properties: { attributes: /^$/, children: /^(property )+$/ },
  property: { attributes: /^(name|value)$/, children: /^$/ },
  testcase: {
    attributes: /^(name|assertions|time|classname|status)$/,
    children: /^(skipped |error |failure )*(system-out )?(system-err )?$/,
  },
  failure: { attributes: /^(message|type)$/, children: /^$/ },
  error: { attributes: /^(message|type)$/, children: /^$/ },
  skipped: { attributes: /^(message|type)$/, children: /^$/ },
};

/** The root element of a JUnit file, read by an XML parser; anything that is not well-formed throws. */
export const parsedJunit = (text: string): Element => {
  const parser = new DOMParser({ onError: onWarningStopParsing });
  const root = parser.parseFromString(text, 'text/xml').documentElement;
  if (root === null) throw new Error('no root element');
  return root;
};

/** The elements in an element. */
export const childrenOf = (element: Element): readonly Element[] =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === 1);

/** The elements of a name anywhere in an element. */
export const descendantsOf = (element: Element, name: string): readonly Element[] =>
  Array.from(element.getElementsByTagName(name));

/** What a reader of JUnit files would refuse; nothing: it takes it. */
export const junitProblems = (text: string): readonly string[] => {
  // XML 1.0, production 2; a parser may be lenient with them.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u.test(text);
  const root = parsedJunit(text);
  return [
    ...(forbidden ? ['a character that XML forbids'] : []),
    ...elementProblems(root),
    ...[root, ...descendantsOf(root, 'testsuite')].flatMap(countProblems),
  ];
};

const elementProblems = (element: Element): readonly string[] => {
  const rule = ELEMENTS[element.tagName];
  if (rule === undefined) return [`<${element.tagName}> is unknown`];
  const names = Array.from(element.attributes).map(({ name }) => name);
  const children = childrenOf(element);
  return [
    ...names.filter((name) => !rule.attributes.test(name)).map((name) => `<${element.tagName}> has ${name}`),
    ...(rule.children.test(children.map(({ tagName }) => `${tagName} `).join(''))
      ? []
      : [`<${element.tagName}> is out of order`]),
    ...(/^test(suite|case)$/.test(element.tagName) && !names.includes('name')
      ? [`<${element.tagName}> has no name`]
      : []),
    ...children.flatMap(elementProblems),
  ];
};

const COUNTED = { tests: 'testcase', failures: 'failure', errors: 'error', skipped: 'skipped' } as const;

const countProblems = (element: Element): readonly string[] =>
  Object.entries(COUNTED)
    .filter(([attribute, name]) => element.getAttribute(attribute) !== String(descendantsOf(element, name).length))
    .map(([attribute]) => `${attribute} of <${element.tagName}> is not what it holds`);
