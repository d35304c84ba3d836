import type { Outsider } from '../../access/outsider.ts';
import { allOf, anyOf, type Formula, TRUE } from '../../evaluate/formula.ts';
import type { RequestContext } from '../../evaluate/request-context.ts';
import type { PolicyDocument } from '../../policy/policy-document.ts';

/** An account that nobody has named. */
const STRANGE_ACCOUNT = '999999999999';

/** Of no organization, or of one that nobody has named: `o-*` is every organization. */
export const OTHER_ORGANIZATIONS: readonly RequestContext[] = [
  { 'aws:PrincipalOrgID': null, 'aws:PrincipalOrgPaths': null },
  { 'aws:PrincipalOrgID': 'o-anybodyelse', 'aws:PrincipalOrgPaths': 'o-anybodyelse/r-else/ou-else-anybody/' },
];

/**
 * The contexts in which a stranger can make a request: from networks, organizations, access points and, for a service,
 * on behalf of resources that nobody has named in the policy.
 */
export const strangeContexts = (outsider: Outsider, document: PolicyDocument): readonly RequestContext[] =>
  outsider.kind === 'service' ? strangeSources(document) : strangeCallers(document);

const strangeCallers = (document: PolicyDocument): readonly RequestContext[] => {
  const direct = { 's3:DataAccessPointAccount': null, 's3:DataAccessPointArn': null };
  const online = { 'aws:SourceVpc': null, 'aws:SourceVpce': null, 'aws:SourceVpcArn': null };
  const places: readonly RequestContext[] = [
    ...strangeAddresses(document).map((address) => ({ ...direct, ...online, 'aws:SourceIp': address })),
    // Behind an endpoint of a VPC there is no public address.
    {
      ...direct,
      'aws:SourceVpc': 'vpc-anybodyelse',
      'aws:SourceVpce': 'vpce-anybodyelse',
      'aws:SourceVpcArn': `arn:aws:ec2:us-east-1:${STRANGE_ACCOUNT}:vpc/vpc-anybodyelse`,
      'aws:SourceIp': null,
    },
    {
      ...online,
      's3:DataAccessPointAccount': STRANGE_ACCOUNT,
      's3:DataAccessPointArn': `arn:aws:s3:us-east-1:${STRANGE_ACCOUNT}:accesspoint/anybody`,
      'aws:SourceIp': ANYWHERE,
    },
  ];
  return places.flatMap((place) =>
    OTHER_ORGANIZATIONS.map((organization) => ({
      'aws:userid': 'AIDAANYBODYELSE000000',
      'elasticfilesystem:AccessedViaMountTarget': 'false',
      ...place,
      ...organization,
    })),
  );
};

const ANYWHERE = '45.83.12.7';

/**
 * Ranges wider than /8 (of IPv6, /32) are no network of somebody's. Source: "Blocking public access to your Amazon S3
 * storage", section "The meaning of public", S3 User Guide.
 */
const strangeAddresses = (document: PolicyDocument): readonly string[] => {
  const wide = valuesOf(document, 'aws:sourceip').flatMap((range) => {
    const [address = '', bits = ''] = range.split('/', 2);
    const isWide = bits !== '' && Number(bits) < (address.includes(':') ? 32 : 8);
    return isWide ? [address] : [];
  });
  return [...new Set([ANYWHERE, ...wide])];
};

const strangeSources = (document: PolicyDocument): readonly RequestContext[] => {
  const sources = valuesOf(document, 'aws:sourcearn').flatMap(strangeSource);
  return [`arn:aws:s3:::anybody-elses`, ...new Set(sources)].map((arn) => ({
    'aws:SourceArn': arn,
    'aws:SourceAccount': STRANGE_ACCOUNT,
    'aws:SourceOwner': STRANGE_ACCOUNT,
    'aws:SourceOrgID': 'o-anybodyelse',
    'aws:SourceOrgPaths': 'o-anybodyelse/r-else/ou-else-anybody/',
    'aws:VpceAccount': STRANGE_ACCOUNT,
  }));
};

/** A resource of a stranger's that a pattern matches; none where the pattern names the account, or the bucket. */
const strangeSource = (pattern: string): readonly string[] => {
  const [, , service = '', , account = '', ...resource] = pattern.split(':');
  if (pattern.includes('${') || resource.length === 0) return [];
  // The ARNs of buckets hold no account: the name alone tells them apart.
  const isBucket = service === 's3' || account === '';
  const isOpen = isBucket ? /[*?]/.test(resource.join(':')) : account.includes('*') || account.includes('?');
  if (!isOpen) return [];
  const parts = pattern.split(':');
  return [
    parts
      .map((part, at) => (at === 4 && part !== '' ? STRANGE_ACCOUNT : part))
      .join(':')
      .replaceAll('*', 'anybody')
      .replaceAll('?', 'x'),
  ];
};

/** The values that conditions of a document compare a key (in lower case) with. */
export const valuesOf = ({ statements }: PolicyDocument, key: string): readonly string[] =>
  statements.flatMap(({ conditions }) =>
    conditions.filter((condition) => condition.key.toLowerCase() === key).flatMap(({ values }) => values),
  );

/** A formula without the conditions that whoever makes the request can meet as it likes. */
export const withoutChosen = (formula: Formula, isChosen: (key: string) => boolean): Formula => {
  switch (formula.kind) {
    case 'true':
    case 'false':
      return formula;
    case 'atom':
      return formula.atom.kind === 'condition' && isChosen(formula.atom.key.toLowerCase()) ? TRUE : formula;
    case 'all':
      return allOf(formula.of.map((member) => withoutChosen(member, isChosen)));
    case 'any':
      return anyOf(formula.of.map((member) => withoutChosen(member, isChosen)));
  }
};

/**
 * Whether a caller decides by itself what a request's context holds of a key (in lower case): what it sends, and what its
 * own account says of its principals. A pattern of their ARNs that is left here names no account.
 * Source: "AWS global condition context keys", IAM User Guide, and the keys of the services.
 */
export const isChosenByCaller = (key: string): boolean =>
  CHOSEN.has(key) || (CHOSEN_PREFIXES.test(key) && !key.startsWith('s3:existingobjecttag/'));

const CHOSEN: ReadonlySet<string> = new Set([
  'aws:referer',
  'aws:useragent',
  'aws:securetransport',
  'aws:requestedregion',
  'aws:principalarn',
  'aws:principaltype',
  'aws:username',
  'aws:tagkeys',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:tokenissuetime',
  'aws:viaawsservice',
  'aws:vpcsourceip',
  'aws:currenttime',
  'aws:epochtime',
  'sns:protocol',
  'lambda:functionurlauthtype',
  'lambda:invokedviafunctionurl',
]);

const CHOSEN_PREFIXES =
  /^(?:aws:(?:principaltag|requesttag)\/|aws:calledvia|s3:|kms:(?!resourcealiases)|dynamodb:|secretsmanager:version)/;
