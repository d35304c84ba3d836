import { type Arn, friendlyName, iamArn } from '../iam/arn.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { type ManagedPolicyState, nameKey } from './account-state.ts';
import data from './aws-managed-policies.json' with { type: 'json' };
import { OrderedMap } from './ordered-map.ts';
import { uniqueId } from './unique-id.ts';

const byPartition = new Map<string, OrderedMap<ManagedPolicyState>>();

/** The AWS managed policies that the emulated account knows, by name key, with their ARNs in one partition. */
export const awsManagedPolicies = (partition: string): OrderedMap<ManagedPolicyState> => {
  const made = byPartition.get(partition) ?? OrderedMap.from(data.policies.map((policy) => entry(partition, policy)));
  byPartition.set(partition, made);
  return made;
};

const entry = (
  partition: string,
  { arn, createDate, updateDate, defaultVersionId, document }: (typeof data.policies)[number],
): readonly [string, ManagedPolicyState] => {
  const resource = arn.slice(arn.indexOf(':policy/') + 1);
  const policyName = friendlyName(resource);
  const partitionArn: Arn = iamArn(partition, 'aws', resource);
  const policy: ManagedPolicyState = {
    policyName,
    policyId: uniqueId('ANPA', ['aws', 'policy', policyName]),
    arn: partitionArn,
    path: resource.slice('policy'.length, resource.lastIndexOf('/') + 1),
    description: null,
    createDate: instant(createDate),
    updateDate: instant(updateDate),
    versions: [{ versionId: defaultVersionId, createDate: instant(updateDate), document: JSON.stringify(document) }],
    defaultVersionId,
    tags: new Map(),
  };
  return [nameKey(policyName), policy];
};

const instant = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(`the committed AWS managed policies hold a bad date: ${parsed.error}`);
  return parsed.value;
};
