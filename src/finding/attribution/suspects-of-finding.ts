import { isJsonList, isJsonObject, type JsonValue } from '../../kernel/json.ts';
import type { Finding } from '../audit-report.ts';
import type { Category } from '../check-result.ts';
import type { Cause } from '../write-requests.ts';
import type { AccountLinks } from './account-links.ts';
import { iamThing, type Suspect, suspect, type Thing } from './suspect.ts';
import { GRANTING, granting, thingOf } from './suspects-of-change.ts';

/** What of its subject brings a finding about. What is unused is so because time passed, if nobody took something away. */
const CAUSES: Readonly<Record<Category, readonly Cause[]>> = {
  credentials: ['access-key', 'password', 'mfa', 'credential'],
  unused: ['group-membership', 'attachment', 'instance-profile', 'access-key', 'password'],
  external: ['trust-policy', 'resource-policy'],
  escalation: [...GRANTING, 'policy-version', 'trust-policy', 'resource-policy', 'instance-profile'],
  policy: [...GRANTING, 'policy-version', 'trust-policy'],
  account: ['password-policy', 'analyzer', 'archive-rule', 'identity-provider'],
};

/** How much a request says: on the policy that grants, on the subject, on what it depends on, and that it was made at all. */
const WEIGHTS = { grants: 3, own: 2, related: 1, made: 0 } as const;

/** Whose change may be behind a finding: its subject's, and that of what grants it. */
export const suspectsOfFinding = (finding: Finding, links: AccountLinks): readonly Suspect[] => {
  const { category, subject } = finding;
  if (subject.type === 'Account') return suspectsOfAccount(finding, links);
  const thing = thingOf(subject, links);
  // The policies of AWS are an account's by being attached.
  const causes: readonly Cause[] = [...CAUSES[category], ...(isOfAws(subject.arn) ? (['attachment'] as const) : [])];
  const isKey = /^A[KS]IA[A-Z0-9]{12,}$/.test(subject.part ?? '');
  const own = [
    suspect(thing, causes, { part: isKey ? subject.part : null, weight: WEIGHTS.own }),
    ...(category === 'unused' ? [] : [suspect(thing, ['created'], { weight: WEIGHTS.made })]),
  ];
  if (category !== 'escalation' && category !== 'policy') return own;
  const principals = [...onTheWay(finding)].filter((arn) => arn !== subject.arn).flatMap((arn) => iamThing(arn) ?? []);
  const related = [
    // What is told with whom a policy is attached to begins and grows by its being attached.
    ...(finding.evidence['attachedTo'] === undefined ? [] : [suspect(thing, ['attachment'])]),
    ...granting(subject.arn, links),
    ...principals.flatMap((each) => [suspect(each, CAUSES.escalation), ...granting(each.arn, links)]),
  ].map((each) => ({ ...each, weight: WEIGHTS.related }));
  const holders = [thing, ...links.groupsOf(subject.arn), ...principals];
  const grants = [...grantingPolicies(finding)].flatMap((policy) => suspectsOfPolicy(policy, holders));
  return [...grants, ...own, ...related];
};

/** Of what the account has once, archive rules and the password policy are changed by requests of the table. */
const suspectsOfAccount = ({ category, checkId, subject }: Finding, links: AccountLinks): readonly Suspect[] => {
  const [, analyzer, rule = null] = /^(arn:.*:analyzer\/[^/]+)\/archive-rule\/(.+)$/.exec(subject.part ?? '') ?? [];
  if (analyzer !== undefined) {
    const thing = thingOf({ arn: analyzer, type: 'Analyzer', id: analyzer }, links);
    return [suspect(thing, ['archive-rule'], { part: rule, weight: WEIGHTS.own })];
  }
  if (!checkId.includes('password-policy')) return [];
  return [suspect(thingOf(subject, links), CAUSES[category], { weight: WEIGHTS.own })];
};

const isOfAws = (arn: string): boolean => /^arn:[a-z-]+:iam::aws:policy\//.test(arn);

/** The principals and resources that an escalation passes. */
const onTheWay = ({ escalation }: Finding): ReadonlySet<string> =>
  new Set(escalation?.steps.flatMap(({ from, to }) => [from, to]) ?? []);

/** The text of a managed policy, and its being attached to whoever is part of the finding; or an inline policy. */
const suspectsOfPolicy = (policy: string, holders: readonly Thing[]): readonly Suspect[] => {
  const weight = WEIGHTS.grants;
  const [holder = '', name] = policy.split('#inline/');
  const thing = iamThing(holder);
  if (thing === null) return [];
  if (name !== undefined) return [suspect(thing, ['policies'], { part: name, weight })];
  const attached = holders.map((each) => suspect(each, ['policies'], { part: policy, weight }));
  return [suspect(thing, ['policy-version', 'created'], { weight }), ...attached];
};

/** The policies that a finding names: those whose statements grant its steps, and those of its evidence. */
const grantingPolicies = ({ escalation, evidence }: Finding): ReadonlySet<string> => {
  const granted = escalation?.steps.flatMap(({ requests }) => requests.flatMap(({ grantedBy }) => grantedBy)) ?? [];
  return new Set([...granted.map(({ policy }) => policy), ...textsIn(evidence).filter((text) => POLICY.test(text))]);
};

const POLICY = /^arn:[a-z-]+:iam::(?:\d{12}|aws):(?:policy\/\S+|(?:user|group|role)\/\S+#inline\/.+)$/;

/** Deeper than any evidence, and a bound for one that is not ours. */
const DEEPEST = 8;

const textsIn = (value: JsonValue, depth = 0): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (depth === DEEPEST) return [];
  if (isJsonList(value)) return value.flatMap((each) => textsIn(each, depth + 1));
  return isJsonObject(value) ? Object.values(value).flatMap((each) => textsIn(each, depth + 1)) : [];
};
