import type { Finding } from '../../finding/audit-report.ts';
import type { Category, Severity } from '../../finding/check-result.ts';
import type { ControlResult } from '../../finding/control-result.ts';
import { compareText } from '../../kernel/compare-text.ts';
import { whatWithThresholds } from '../check-text.ts';
import type { CheckRule } from './machine-assets.ts';
import { plainText } from './plain-text.ts';

/** How bad a severity is for SARIF. */
export const SARIF_LEVELS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, string>;

// GitHub: over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low.
const SECURITY_SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.1',
};

// GitHub refuses a rule with more than 20 tags.
const TAGS_SHOWN = 20;

/** A rule of the run, from what a check says of itself. */
interface SarifRule {
  readonly id: string;
  readonly properties: { readonly frameworks: readonly string[] };
}

/** The rules of the run by id: the checks, and what is known of those that are no more and have findings. */
export const sarifRules = (rules: readonly CheckRule[], findings: readonly Finding[]): readonly SarifRule[] => {
  const known = new Set(rules.map(({ checkId }) => checkId));
  const former = new Map(
    findings.filter(({ checkId }) => !known.has(checkId)).map((finding) => [finding.checkId, finding]),
  );
  return [...rules.map(ruleOfCheck), ...[...former.values()].map(ruleOfFinding)].sort((left, right) =>
    compareText(left.id, right.id),
  );
};

const ruleOfCheck = (rule: CheckRule) => ({
  id: rule.checkId,
  name: rule.checkId,
  shortDescription: { text: rule.title },
  fullDescription: { text: whatWithThresholds(rule) },
  help: { text: helpText(rule), markdown: helpMarkdown(rule) },
  ...helpUri(rule.references),
  defaultConfiguration: { level: SARIF_LEVELS[rule.severity] },
  ...relationships(rule.frameworks),
  properties: ruleProperties(rule),
});

const ruleOfFinding = ({ checkId, title, category, severity, frameworks }: Finding) => ({
  id: checkId,
  name: checkId,
  shortDescription: { text: plainText(title) },
  defaultConfiguration: { level: SARIF_LEVELS[severity] },
  ...relationships(frameworks),
  properties: ruleProperties({ category, severity, frameworks }),
});

const ruleProperties = ({
  category,
  severity,
  frameworks,
}: {
  readonly category: Category;
  readonly severity: Severity;
  readonly frameworks: readonly string[];
}) => ({
  category,
  frameworks,
  severity,
  'security-severity': SECURITY_SEVERITIES[severity],
  tags: ['security', 'aws', 'iam', category, ...frameworks].slice(0, TAGS_SHOWN),
});

const helpText = (rule: CheckRule): string =>
  [rule.risk, 'To mend it:', ...rule.remediation.map((step) => `- ${step}`), ...rule.references].join('\n');

const helpMarkdown = (rule: CheckRule): string =>
  [
    rule.risk,
    '**To mend it**',
    rule.remediation.map((step, index) => `${index + 1}. ${step}`).join('\n'),
    rule.references.map((url) => `- <${url}>`).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const helpUri = (references: readonly string[]) => {
  const [first] = references.filter((url) => url.startsWith('https://'));
  return first === undefined ? {} : { helpUri: first };
};

const relationships = (frameworks: readonly string[]) =>
  frameworks.length === 0
    ? {}
    : {
        relationships: frameworks.map((name) => {
          const [framework, control] = splitControl(name);
          return { target: { id: control, toolComponent: { name: framework } }, kinds: ['relevant'] };
        }),
      };

/** The framework and the control of `cis-aws-7.0:2.12`. */
const splitControl = (name: string): readonly [framework: string, control: string] => {
  const colon = name.indexOf(':');
  return colon < 0 ? [name, name] : [name.slice(0, colon), name.slice(colon + 1)];
};

/** A taxonomy a compliance framework, with the controls that were evaluated and those that rules name. */
export const sarifTaxonomies = (controls: readonly ControlResult[], rules: readonly SarifRule[]) => {
  const frameworks = new Map<string, Map<string, string | null>>();
  const add = (framework: string, control: string, title: string | null): void => {
    const taxa = frameworks.get(framework) ?? new Map<string, string | null>();
    taxa.set(control, title ?? taxa.get(control) ?? null);
    frameworks.set(framework, taxa);
  };
  for (const { framework, control, title } of controls) add(framework, control, title);
  for (const name of rules.flatMap(({ properties }) => properties.frameworks)) add(...splitControl(name), null);
  return [...frameworks]
    .sort(([left], [right]) => compareText(left, right))
    .map(([name, taxa]) => ({
      name,
      taxa: [...taxa].map(([id, title]) => ({ id, ...(title === null ? {} : { shortDescription: { text: title } }) })),
    }));
};
