import type { PatternAnswer } from '../access/ask-pattern.ts';
import { residualText } from '../evaluate/describe-residual.ts';
import type { JsonObject } from '../kernel/json.ts';
import { conditionsData, termsData } from './permission-data.ts';
import { doubtText, termsLines, termsText } from './permission-text.ts';

/** An answer about a pattern of resources as programs read it. */
export const patternData = ({ extent, condition, granted, doubts }: PatternAnswer): JsonObject => ({
  answer: 'sound',
  on: extent,
  conditions: extent === 'every' ? conditionsData(condition) : null,
  complete: doubts.length === 0,
  doubts: doubts.map((doubt) => ({ ...doubt })),
  granted: granted.map(({ carrier, terms }) => ({ resourceWithPolicy: carrier, ...termsData(terms) })),
});

/** An answer about a pattern of resources in one line. */
export const patternText = (answer: PatternAnswer): string => {
  const { extent, granted, doubts } = answer;
  const open = doubts.length === 0 ? '' : '  (incomplete: not all policies could be read)';
  if (extent !== 'some') return `${extentText(answer)}${open}`;
  const areas = granted.map(({ terms }) => termsText(terms));
  return `${extentText(answer)}: ${[...new Set(areas)].join('; ')}${open}`;
};

/** An answer about a pattern of resources in lines: on which of them, and where and why. */
export const patternLines = (answer: PatternAnswer): readonly string[] => [
  extentText(answer),
  ...answer.doubts.map(doubtText),
  ...answer.granted.flatMap(({ carrier, terms }) => [
    ...termsLines(terms),
    ...(carrier === null ? [] : [`    with the policy of ${carrier}`]),
  ]),
  '  a sound answer: resources whose own policies are not known are judged by the policies of the principal alone',
];

const extentText = ({ extent, condition }: PatternAnswer): string => {
  if (extent === 'none') return 'not allowed on any resource that matches';
  if (extent === 'some') return 'allowed on some of the resources that match';
  return `allowed on every resource that matches${condition.kind === 'true' ? '' : `, if ${residualText(condition)}`}`;
};
