import type { Finding } from '../../finding/audit-report.ts';
import type { ExternalAccess } from '../../finding/check-result.ts';
import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '../../kernel/json.ts';
import { addDays, epochMillis, parseInstant } from '../../kernel/time.ts';
import { nameOfArn } from '../name-of-arn.ts';
import { plainText } from './plain-text.ts';

/**
 * What a finding says in OCSF's words of analysis: who can reach it (`access_analysis_result`), what a principal was granted
 * (`permission_analysis_results`), what it used (`identity_activity_metrics`); null: none of these, of which the class IAM
 * Analysis Finding wants one.
 */
export const ocsfAnalysis = (finding: Finding): object | null => {
  if (finding.external !== undefined) return { access_analysis_result: accessOf(finding.external) };
  if (finding.category === 'policy') return permissionsOf(finding);
  return finding.category === 'unused' ? (unusedPermissionsOf(finding) ?? activityOf(finding)) : null;
};

const ACCESS_TYPES = {
  public: 'Public',
  account: 'Cross-Account',
  organization: 'Organization',
  federated: 'Federated',
  service: 'Service-to-Service',
} as const satisfies Record<ExternalAccess['kind'], string>;

const accessOf = ({ principal, kind, actions }: ExternalAccess) => ({
  access_type: ACCESS_TYPES[kind],
  accessors: [{ uid: plainText(principal), type_id: 99, type: ACCESSOR_TYPES[kind] }],
  granted_privileges: actions.map((action) => plainText(action)),
});

const ACCESSOR_TYPES = {
  public: 'Anybody',
  account: 'AWS Account',
  organization: 'AWS Organization',
  federated: 'Identity Provider',
  service: 'AWS Service',
} as const satisfies Record<ExternalAccess['kind'], string>;

/** The policies of which a finding speaks, and the actions that they grant. */
const permissionsOf = ({ subject, evidence }: Finding): object | null => {
  const granted = texts(evidence['actions']).map((action) => plainText(action));
  const policies =
    subject.type === 'ManagedPolicy'
      ? [policyOf(subject.arn)]
      : [...texts(evidence['policies']), ...inlinePolicy(subject.part, subject.type)].map(policyOf);
  const privileges = granted.length === 0 ? {} : { granted_privileges: granted };
  if (policies.length > 0)
    return { permission_analysis_results: policies.map((policy) => ({ policy, ...privileges })) };
  return granted.length === 0 ? null : { permission_analysis_results: [privileges] };
};

const HOLDERS: ReadonlySet<string> = new Set(['User', 'Group', 'Role']);

// The part of a finding about somebody's policies names one of them.
const inlinePolicy = (part: string | null, type: string): readonly string[] =>
  part !== null && HOLDERS.has(type) ? [part] : [];

const policyOf = (policy: string) =>
  policy.startsWith('arn:')
    ? { name: nameOfArn(policy), uid: plainText(policy), type: 'Identity Policy' }
    : { name: plainText(policy), type: 'Identity Policy' };

/** How many services or actions a principal was granted and does not use. */
const unusedPermissionsOf = ({ evidence }: Finding): object | null => {
  const unused = evidence['unused'];
  if (!isJsonList(unused)) return null;
  const services = typeof evidence['unusedCount'] === 'number' ? evidence['unusedCount'] : undefined;
  const result =
    services === undefined ? { unused_privileges_count: unused.length } : { unused_services_count: services };
  return { permission_analysis_results: [result] };
};

/** What is known of when a user or role, its password or its access keys were used. */
const activityOf = ({ checkId, subject, evidence, lastSeen }: Finding): object | null => {
  if (subject.type !== 'User' && subject.type !== 'Role') return null;
  const lastUsed = millisOf(evidence['lastUsed']);
  if (subject.part !== null) {
    const credential = { uid: plainText(subject.part), ...(lastUsed !== null && { last_used_time: lastUsed }) };
    return { identity_activity_metrics: { programmatic_credentials: [credential] } };
  }
  const seen = checkId.includes('password') ? 'password_last_used_time' : 'last_seen_time';
  const ageDays = evidence['ageDays'];
  const metrics = {
    ...(typeof ageDays === 'number' && { first_seen_time: epochMillis(addDays(lastSeen, -ageDays)) }),
    ...(lastUsed !== null && { [seen]: lastUsed }),
    ...credentialsOf(evidence),
  };
  return Object.keys(metrics).length === 0 ? null : { identity_activity_metrics: metrics };
};

const credentialsOf = ({ credentials }: JsonObject) => {
  const listed = isJsonList(credentials) ? credentials : [];
  const ids = texts(listed.map((one) => (isJsonObject(one) ? (one['id'] ?? null) : null)));
  return ids.length === 0 ? {} : { programmatic_credentials: ids.map((uid) => ({ uid: plainText(uid) })) };
};

const texts = (value: JsonValue | undefined): readonly string[] =>
  isJsonList(value) ? value.filter((item) => typeof item === 'string') : [];

const millisOf = (value: JsonValue | undefined): number | null => {
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  return instant?.ok === true ? epochMillis(instant.value) : null;
};
