import type { LocatedJson } from './located-json.ts';
import { type LocatedText, type StatementNode, textsOf, type Validation } from './statement-node.ts';

/** Checks the policy variables of a statement. */
export const checkVariables = (statement: StatementNode, validation: Validation): void => {
  const { element, conditions } = statement;
  for (const name of ['Action', 'NotAction']) {
    for (const text of textsOf(element(name))) forbidVariables(text, validation);
  }
  for (const name of ['Principal', 'NotPrincipal']) {
    for (const text of deepTexts(element(name))) forbidVariables(text, validation);
  }
  for (const name of ['Resource', 'NotResource']) {
    for (const text of textsOf(element(name))) checkText(text, validation);
  }
  for (const { operator, value } of conditions) {
    const takesVariables = /^(?:For(?:All|Any)Values?:)?(?:String|Arn|Bool)/.test(operator);
    for (const text of textsOf(value)) {
      checkText(text, validation);
      if (!takesVariables && isVariable(text.text)) validation.report('INVALID_VARIABLE_FOR_OPERATOR', [text]);
    }
  }
};

const deepTexts = (value: LocatedJson | undefined): readonly LocatedText[] =>
  value?.kind === 'object' ? value.members.flatMap((member) => textsOf(member.value)) : textsOf(value);

const isVariable = (text: string): boolean => /\$\{[^{}]*\}/.test(text);

const forbidVariables = (text: LocatedText, { report }: Validation): void => {
  for (const [variable] of text.text.matchAll(/\$\{[^{}]*\}/g)) {
    report('VARIABLE_UNSUPPORTED_IN_ELEMENT', [text], { variable });
  }
};

const checkText = (text: LocatedText, { hasVariables, report }: Validation): void => {
  if (!text.text.includes('${')) return;
  // Characters that stand for themselves are of the newer version too.
  if (!hasVariables) {
    if (isVariable(text.text)) report('VARIABLE_UNSUPPORTED_IN_VERSION', [text]);
    return;
  }
  const open = text.text.split('${').slice(1);
  if (open.some((rest) => !rest.includes('}'))) report('MISSING_BRACE_IN_VARIABLE', [text]);
  for (const rest of open.filter((each) => each.includes('}'))) {
    const content = rest.slice(0, rest.indexOf('}'));
    const comma = content.indexOf(',');
    const name = comma < 0 ? content : content.slice(0, comma);
    const fallback = comma < 0 ? null : content.slice(comma + 1).trim();
    if (name.trim() === '') report('EMPTY_VARIABLE', [text]);
    else if (/\s/.test(name)) report('UNSUPPORTED_SPACE_IN_VARIABLE', [text]);
    if (fallback !== null && !/^'.*'$/s.test(fallback)) report('MISSING_QUOTE_IN_VARIABLE', [text]);
  }
};
