import { brotliDecompressSync } from 'node:zlib';
import { friendlyName, iamArn } from '../iam/arn.ts';
import { once } from '../kernel/once.ts';
import { type Instant, parseInstant } from '../kernel/time.ts';
import { type ManagedPolicyState, nameKey, type PolicyVersionState } from './account-state.ts';
import data from './aws-managed-policies.json' with { type: 'json' };
import { OrderedMap } from './ordered-map.ts';
import { uniqueId } from './unique-id.ts';

// The file holds three compressed texts: what every policy is called and which versions it has, the documents of all
// default versions one after the other, and those of all former versions. `test/distil/aws-managed-policies.ts` makes it.
// Each is unpacked when it is first needed, so that an audit that looks at a dozen policies unpacks no history.

const byPartition = new Map<string, OrderedMap<ManagedPolicyState>>();

/** The AWS managed policies, all of them with all their versions, by name key, with their ARNs in one partition. */
export const awsManagedPolicies = (partition: string): OrderedMap<ManagedPolicyState> => {
  const made = byPartition.get(partition) ?? OrderedMap.from(index().map((line) => entry(partition, line)));
  byPartition.set(partition, made);
  return made;
};

const unpacked = (base64: string) => once(() => brotliDecompressSync(Buffer.from(base64, 'base64')));

const DOCUMENTS = { current: unpacked(data.current), former: unpacked(data.former) } as const;

/** A policy a line; `detailsOf` says what stands in it. */
const index = once(() => unpacked(data.index)().toString('utf8').split('\n'));

const entry = (partition: string, line: string): readonly [string, ManagedPolicyState] => {
  const pathAndName = line.slice(0, line.indexOf(' '));
  const policyName = friendlyName(pathAndName);
  const details = once(() => detailsOf(line));
  const policyId = once(() => uniqueId('ANPA', ['aws', 'policy', policyName]));
  const policy: ManagedPolicyState = {
    policyName,
    get policyId() {
      return policyId();
    },
    arn: iamArn(partition, 'aws', `policy${pathAndName}`),
    path: pathAndName.slice(0, pathAndName.lastIndexOf('/') + 1),
    description: null,
    get createDate() {
      return details().createDate;
    },
    get updateDate() {
      return details().updateDate;
    },
    get lastVersion() {
      return Number(details().versions[0]?.versionId.slice(1));
    },
    get versions() {
      return details().versions;
    },
    get defaultVersionId() {
      return details().defaultVersionId;
    },
    tags: new Map(),
  };
  return [nameKey(policyName), policy];
};

/**
 * Reads the rest of a line: dates, default version, where the policy's first document stands in either text, and of each
 * version, the newest first, its id, date and length in bytes.
 */
const detailsOf = (line: string) => {
  const [, created = '', updated = '', defaultVersionId = '', current, former, ...versions] = line.split(' ');
  const next = { current: Number(current), former: Number(former) };
  const versionStates: PolicyVersionState[] = [];
  for (let at = 0; at < versions.length; at += 3) {
    const [versionId = '', date = '', length] = versions.slice(at, at + 3);
    const kind = versionId === defaultVersionId ? 'current' : 'former';
    const from = next[kind];
    next[kind] += Number(length);
    const to = next[kind];
    versionStates.push(
      versionState(
        versionId,
        instant(date),
        once(() => DOCUMENTS[kind]().toString('utf8', from, to)),
      ),
    );
  }
  return { createDate: instant(created), updateDate: instant(updated), defaultVersionId, versions: versionStates };
};

const versionState = (versionId: string, createDate: Instant, document: () => string): PolicyVersionState => ({
  versionId,
  createDate,
  get document() {
    return document();
  },
});

const instant = (text: string): Instant => {
  const parsed = parseInstant(text);
  if (!parsed.ok) throw new Error(`the committed AWS managed policies hold a bad date: ${parsed.error}`);
  return parsed.value;
};
