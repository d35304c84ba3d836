import type { Formula } from './formula.ts';

/** Who decides what a condition key holds in a request. */
export type Decider =
  /** Facts of the principal: its ARN, tags, account, organization. */
  | 'principal'
  /** Whoever writes the request: its parameters, tags, headers and Region. */
  | 'author'
  /** Where the request comes from, when, and how its session was made. */
  | 'surroundings'
  /** Facts of the resource: its account, organization and tags. */
  | 'resource';

/** The condition keys that a formula hangs on, as they are written, under whoever decides them. */
export const keysByDecider = (formula: Formula): ReadonlyMap<Decider, readonly string[]> => {
  const names = new Map<string, string>();
  const visit = (each: Formula): void => {
    if ('of' in each) each.of.forEach(visit);
    else if (each.kind === 'atom' && each.atom.kind === 'condition')
      names.set(each.atom.key.toLowerCase(), each.atom.key);
  };
  visit(formula);
  const found = new Map<Decider, string[]>();
  for (const name of [...names.values()].sort()) {
    const decider = deciderOf(name);
    if (decider !== null) found.set(decider, [...(found.get(decider) ?? []), name]);
  }
  return found;
};

/** Null for the keys of services, which AWS documents with the service. */
const deciderOf = (key: string): Decider | null => {
  const name = key.toLowerCase();
  const slash = name.indexOf('/');
  // Of tags, the part after the slash is the tag's own key.
  return DECIDERS.get(slash < 0 ? name : name.slice(0, slash + 1)) ?? null;
};

// "AWS global condition context keys", IAM User Guide, whose sections are the properties of the principal, of a role
// session and of the network (the surroundings here), of the resource, and of the request.
const KEYS: Readonly<Record<Decider, readonly string[]>> = {
  principal: [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceName',
    'aws:PrincipalServiceNamesList',
    'aws:PrincipalTag/',
    'aws:PrincipalType',
    'aws:userid',
    'aws:username',
  ],
  author: [
    'aws:referer',
    'aws:RequestedRegion',
    'aws:RequestTag/',
    'aws:TagKeys',
    'aws:UserAgent',
    // Whoever assumes the role writes these ("IAM and AWS STS condition context keys", IAM User Guide).
    'sts:ExternalId',
    'sts:RoleSessionName',
    'sts:SourceIdentity',
    'sts:TransitiveTagKeys',
  ],
  surroundings: [
    'aws:AssumedRoot',
    'aws:CalledVia',
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:ChatbotSourceArn',
    'aws:CurrentTime',
    'aws:Ec2InstanceSourcePrivateIPv4',
    'aws:Ec2InstanceSourceVpc',
    'aws:EpochTime',
    'aws:FederatedProvider',
    'aws:MultiFactorAuthAge',
    'aws:MultiFactorAuthPresent',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SourceIdentity',
    'aws:SourceIp',
    'aws:SourceOrgID',
    'aws:SourceOrgPaths',
    'aws:SourceVpc',
    'aws:SourceVpcArn',
    'aws:SourceVpce',
    'aws:TokenIssueTime',
    'aws:ViaAWSService',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    'aws:VpceOrgPaths',
    'aws:VpcSourceIp',
    'ec2:RoleDelivery',
    'ec2:SourceInstanceArn',
    'lambda:SourceFunctionArn',
  ],
  resource: ['aws:ResourceAccount', 'aws:ResourceOrgID', 'aws:ResourceOrgPaths', 'aws:ResourceTag/'],
};

const DECIDERS: ReadonlyMap<string, Decider> = new Map(
  (['principal', 'author', 'surroundings', 'resource'] as const).flatMap((decider) =>
    KEYS[decider].map((key): [string, Decider] => [key.toLowerCase(), decider]),
  ),
);

/** The condition keys that AWS documents for all services, in lower case; those that go on with a tag's key end in `/`. */
export const globalConditionKeys: readonly string[] = [...DECIDERS.keys()];
