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

/** What is documented of a condition key. */
export interface ContextKey {
  readonly decidedBy: Decider;
  /** What its values are compared as. */
  readonly type: KeyType;
  /** Whether it may have several values, so that it asks for a set operator. */
  readonly multivalued: boolean;
}

type KeyType = 'string' | 'arn' | 'bool' | 'date' | 'numeric' | 'ip';

/** Looks a global condition key up, in whatever case; null for keys of services, which AWS documents with the service. */
export const findContextKey = (key: string): ContextKey | null => {
  const name = key.toLowerCase();
  const slash = name.indexOf('/');
  // Of tags, the part after the slash is the tag's own key.
  return KEYS.get(slash < 0 ? name : name.slice(0, slash + 1)) ?? null;
};

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
    const decider = findContextKey(name)?.decidedBy;
    if (decider !== undefined) found.set(decider, [...(found.get(decider) ?? []), name]);
  }
  return found;
};

// "AWS global condition context keys", IAM User Guide, whose sections are the properties of the principal, of a role
// session and of the network (the surroundings here), of the resource, and of the request. `+`: several values.
const TABLE: readonly (readonly [Decider, KeyType, string])[] = [
  ['principal', 'arn', 'aws:PrincipalArn'],
  [
    'principal',
    'string',
    'aws:PrincipalAccount aws:PrincipalOrgID aws:PrincipalOrgPaths+ aws:PrincipalTag/ aws:PrincipalType aws:userid ' +
      'aws:username aws:PrincipalServiceName aws:PrincipalServiceNamesList+',
  ],
  ['principal', 'bool', 'aws:PrincipalIsAWSService'],
  ['surroundings', 'bool', 'aws:AssumedRoot aws:MultiFactorAuthPresent aws:SecureTransport aws:ViaAWSService'],
  ['surroundings', 'date', 'aws:CurrentTime aws:EpochTime aws:TokenIssueTime'],
  ['surroundings', 'numeric', 'aws:MultiFactorAuthAge'],
  ['surroundings', 'ip', 'aws:Ec2InstanceSourcePrivateIPv4 aws:SourceIp aws:VpcSourceIp'],
  [
    'surroundings',
    'arn',
    'aws:ChatbotSourceArn aws:SourceArn aws:SourceVpcArn ec2:SourceInstanceArn lambda:SourceFunctionArn',
  ],
  [
    'surroundings',
    'string',
    'aws:CalledVia+ aws:CalledViaFirst aws:CalledViaLast aws:Ec2InstanceSourceVpc aws:FederatedProvider ' +
      'aws:SourceAccount aws:SourceIdentity aws:SourceOrgID aws:SourceOrgPaths+ aws:SourceVpc aws:SourceVpce ' +
      'aws:VpceAccount aws:VpceOrgID aws:VpceOrgPaths+',
  ],
  ['resource', 'string', 'aws:ResourceAccount aws:ResourceOrgID aws:ResourceOrgPaths+ aws:ResourceTag/'],
  ['author', 'string', 'aws:referer aws:RequestedRegion aws:RequestTag/ aws:TagKeys+ aws:UserAgent'],
  // Whoever assumes the role writes these ("IAM and AWS STS condition context keys", IAM User Guide).
  ['author', 'string', 'sts:ExternalId sts:RoleSessionName sts:SourceIdentity sts:TransitiveTagKeys+'],
];

const KEYS: ReadonlyMap<string, ContextKey> = new Map(
  TABLE.flatMap(([decidedBy, type, names]) =>
    names.split(' ').map((name): [string, ContextKey] => {
      const multivalued = name.endsWith('+');
      const key = multivalued ? name.slice(0, -1) : name;
      return [key.toLowerCase(), { decidedBy, type, multivalued }];
    }),
  ),
);
