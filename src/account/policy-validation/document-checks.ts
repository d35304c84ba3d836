import { canonicalJson, type JsonValue } from '../../kernel/json.ts';
import type { LocatedJson, LocatedObject } from './located-json.ts';
import { isTrustPolicy, itemsOf, memberOf, type StatementNode, textsOf, type Validation } from './statement-node.ts';

const VERSIONS = ['2012-10-17', '2008-10-17'];

/** Checks the elements of a policy beside its statements. */
export const checkDocument = (document: LocatedObject, { report }: Validation): void => {
  for (const { name, key } of document.members) {
    if (!['Version', 'Id', 'Statement'].includes(name)) report('INVALID_POLICY_ELEMENT', [key], { element: name });
  }
  const version = memberOf(document, 'Version')?.value;
  if (version === undefined) report('MISSING_VERSION', [document]);
  else if (version.kind !== 'text') report('DATA_TYPE_MISMATCH', [version], { type: 'String' });
  else if (!VERSIONS.includes(version.text)) {
    report('INVALID_VERSION', [version], { version: version.text, versions: `[${VERSIONS.join(', ')}]` });
  }
  const id = memberOf(document, 'Id')?.value;
  if (id !== undefined && id.kind !== 'text') report('DATA_TYPE_MISMATCH', [id], { type: 'String' });
  const statement = memberOf(document, 'Statement')?.value;
  if (statement === undefined || itemsOf(statement).length === 0) report('MISSING_STATEMENT', [statement ?? document]);
  for (const item of itemsOf(statement)) {
    if (item.kind !== 'object') report('DATA_TYPE_MISMATCH', [item], { type: 'Object' });
  }
};

/** In characters. Source: "IAM and AWS STS quotas"; "Quotas for AWS Organizations"; "Bucket policies", S3 User Guide. */
const QUOTAS = { identity: 6144, organization: 10_240, bucket: 20_480, trust: 2048 } as const;

/** Checks how long a policy is. */
export const checkSize = (text: string, document: LocatedObject, validation: Validation): void => {
  const { policyType, resourceType, report } = validation;
  const bare = withoutSpace(text).length;
  const tell = (code: Parameters<typeof report>[0], size: number, quota: number): void => {
    if (size > quota) report(code, [document], { size: String(size), quota: String(quota) });
  };
  if (policyType === 'IDENTITY_POLICY') tell('POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA', bare, QUOTAS.identity);
  if (policyType === 'SERVICE_CONTROL_POLICY') tell('POLICY_SIZE_EXCEEDS_SCP_QUOTA', text.length, QUOTAS.organization);
  if (policyType === 'RESOURCE_CONTROL_POLICY') tell('POLICY_SIZE_EXCEEDS_RCP_QUOTA', text.length, QUOTAS.organization);
  if (resourceType === 'AWS::S3::Bucket') tell('POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA', text.length, QUOTAS.bucket);
  if (isTrustPolicy(validation)) tell('POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA', bare, QUOTAS.trust);
};

/** The text without white space between its tokens. */
const withoutSpace = (text: string): string =>
  text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, quoted: string | undefined) => quoted ?? '');

/** Checks what the statements of a policy have in common. */
export const checkStatementsTogether = (statements: readonly StatementNode[], validation: Validation): void => {
  checkSids(statements, validation);
  const alike = groupsOf(statements, ({ node }) => canonicalJson(toJson(node, 'Sid')));
  for (const group of alike)
    validation.report(
      'REDUNDANT_STATEMENT',
      group.map(({ node }) => node),
    );
};

const checkSids = (statements: readonly StatementNode[], { policyType, report }: Validation): void => {
  const sids = statements.flatMap(({ element }) => textsOf(element('Sid'))).filter(({ text }) => text !== '');
  const code = policyType === 'RESOURCE_POLICY' ? 'UNIQUE_SIDS_RECOMMENDED' : 'UNIQUE_SIDS_REQUIRED';
  for (const group of groupsOf(sids, ({ text }) => text)) report(code, group);
};

/** The groups of two or more that have the same key. */
const groupsOf = <T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
};

/** A value as JSON again, its top level without a member. */
const toJson = (value: LocatedJson, without: string): JsonValue => {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries(
        value.members.filter(({ name }) => name !== without).map((each) => [each.name, toJson(each.value, '')]),
      );
    case 'list':
      return value.items.map((item) => toJson(item, ''));
    case 'text':
      return value.text;
    default:
      return [value.text];
  }
};
