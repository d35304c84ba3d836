import { policyDocument } from '../../../src/snapshot/testing/policy-builder.ts';
import { resource } from '../../../src/snapshot/testing/resource-builder.ts';
import { snapshot } from '../../../src/snapshot/testing/snapshot-builder.ts';
import type { LabelledAccount } from '../labelled-account.ts';

const OWN = '123456789012';
const VENDOR = '444455556666';
const ORG = 'o-abcde12345';
const ROLE = `arn:aws:iam::${OWN}:role/app`;
const everybody = { Principal: '*' };
const vendor = { Principal: { AWS: `arn:aws:iam::${VENDOR}:root` } };
const service = (name: string) => ({ Principal: { Service: `${name}.amazonaws.com` } });
const when = (operator: string, key: string, value: unknown) => ({ Condition: { [operator]: { [key]: value } } });
const deny = (more: object) => ({ Effect: 'Deny', Principal: '*', ...more });

/** A resource by the end of its ARN, with the statements of its policy, which allow unless they say otherwise. */
const known = (service: string, name: string, action: string | readonly string[], statements: readonly object[]) => {
  const arn = service === 's3' ? `arn:aws:s3:::${name}` : `arn:aws:${service}:eu-central-1:${OWN}:${name}`;
  const about = service === 'ecr' ? {} : { Resource: service === 's3' ? [arn, `${arn}/*`] : arn };
  return resource(arn, {
    policy: statements.map((statement) => ({ Effect: 'Allow', Action: action, ...about, ...statement })),
  });
};

const bucket = (name: string, ...statements: readonly object[]) => known('s3', name, 's3:GetObject', statements);
const queue = (name: string, ...statements: readonly object[]) => known('sqs', name, 'sqs:SendMessage', statements);
const key = (name: string, ...statements: readonly object[]) =>
  known(
    'kms',
    `key/${name}`,
    ['kms:Decrypt', 'kms:GenerateDataKey'],
    statements.map((each) => ({ Resource: '*', ...each })),
  );
const topic = (name: string, ...statements: readonly object[]) => known('sns', name, 'sns:Publish', statements);
const lambda = (name: string, ...statements: readonly object[]) =>
  known('lambda', `function:${name}`, 'lambda:InvokeFunction', statements);

/** Resources with policies, open and shut: each situation is one that a page of AWS tells of. */
export const resourcesAccount: LabelledAccount = {
  name: 'an account of resources with policies',
  now: '2026-01-01T00:00:00Z',
  snapshot: snapshot({
    organization: {
      id: ORG,
      managementAccountId: '777788889999',
      path: [
        {
          id: 'r-ab12',
          name: 'Root',
          scps: [],
          // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
          rcps: [
            {
              name: 'RCPFullAWSAccess',
              document: policyDocument({
                Version: '2012-10-17',
                Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
              }),
            },
            {
              name: 'secrets stay in the organization',
              document: policyDocument({
                Version: '2012-10-17',
                Statement: deny({
                  Action: 'secretsmanager:*',
                  Resource: '*',
                  Condition: {
                    StringNotEqualsIfExists: { 'aws:PrincipalOrgID': ORG },
                    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
                  },
                }),
              }),
            },
          ],
        },
      ],
    },
    resources: [
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html
      bucket('public', everybody),
      bucket('public-writes', { ...everybody, Action: 's3:PutObject' }),
      bucket('public-folder', { ...everybody, Resource: 'arn:aws:s3:::public-folder/site/*' }),
      bucket('public-referer', { ...everybody, ...when('StringLike', 'aws:Referer', 'https://www.example.com/*') }),
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
      bucket('public-addresses', { ...everybody, ...when('IpAddress', 'aws:SourceIp', '0.0.0.0/0') }),
      bucket('public-endpoints', { ...everybody, ...when('StringLike', 'aws:SourceVpce', 'vpce-*') }),
      bucket('public-tls', everybody, deny({ Action: 's3:*', ...when('Bool', 'aws:SecureTransport', 'false') })),
      bucket('office', { ...everybody, ...when('IpAddress', 'aws:SourceIp', '203.0.113.0/24') }),
      { ...bucket('blocked', everybody), restrictsPublicAccess: true },
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies-vpc-endpoint.html
      bucket(
        'endpoint',
        everybody,
        deny({ Action: 's3:*', ...when('StringNotEquals', 'aws:SourceVpce', 'vpce-1a2b') }),
      ),
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid
      bucket('organization', { ...everybody, ...when('StringEquals', 'aws:PrincipalOrgID', ORG) }),
      bucket('any-organization', { ...everybody, ...when('StringLike', 'aws:PrincipalOrgID', 'o-*') }),
      bucket('other-organization', { ...everybody, ...when('StringEquals', 'aws:PrincipalOrgID', 'o-zzzzz99999') }),
      // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-userid
      bucket('one-role', { ...everybody, ...when('StringLike', 'aws:userid', 'AROAEXAMPLE0000000000:*') }),
      bucket('own-role', { Principal: { AWS: ROLE }, Action: 's3:*' }),
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
      bucket('access-points', {
        ...everybody,
        Action: 's3:*',
        ...when('StringEquals', 's3:DataAccessPointAccount', OWN),
      }),
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
      bucket('site', {
        ...service('cloudfront'),
        ...when('StringEquals', 'aws:SourceArn', `arn:aws:cloudfront::${OWN}:distribution/EDFDVBD6EXAMPLE`),
      }),
      bucket('site-of-anybody', service('cloudfront')),
      bucket('site-by-identity', {
        Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity EH1HDMB1FH2TC' },
      }),
      // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
      bucket('trail', {
        ...service('cloudtrail'),
        Action: 's3:PutObject',
        ...when('StringEquals', 'aws:SourceArn', `arn:aws:cloudtrail:eu-central-1:${OWN}:trail/main`),
      }),
      bucket('trail-of-anybody', { ...service('cloudtrail'), Action: 's3:PutObject' }),
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
      bucket('access-logs', {
        ...service('logging.s3'),
        Action: 's3:PutObject',
        ...when('StringEquals', 'aws:SourceAccount', OWN),
      }),
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-walkthroughs-managing-access-example2.html
      bucket('vendor', vendor),
      bucket(
        'vendor-shut-out',
        vendor,
        deny({ Action: 's3:*', ...when('StringNotEquals', 'aws:PrincipalAccount', OWN) }),
      ),
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
      bucket('balancer-logs', { Principal: { AWS: 'arn:aws:iam::054676820928:root' }, Action: 's3:PutObject' }),
      // https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
      queue('from-topic', {
        ...service('sns'),
        ...when('ArnEquals', 'aws:SourceArn', `arn:aws:sns:eu-central-1:${OWN}:news`),
      }),
      queue('from-any-topic', service('sns')),
      queue('from-topics-of-anybody', { ...everybody, ...when('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*') }),
      queue('from-topic-by-condition', {
        ...everybody,
        ...when('ArnEquals', 'aws:SourceArn', `arn:aws:sns:eu-central-1:${OWN}:news`),
      }),
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-sqs-policies.html
      queue('public-queue', { ...everybody, Action: 'sqs:*' }),
      queue('vendor-role', { Principal: { AWS: `arn:aws:iam::${VENDOR}:role/etl` } }),
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
      queue('from-bucket', {
        ...service('s3'),
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:uploads' },
          StringEquals: { 'aws:SourceAccount': OWN },
        },
      }),
      queue('from-buckets-by-name', {
        ...service('s3'),
        ...when('ArnLike', 'aws:SourceArn', 'arn:aws:s3:::uploads-*'),
      }),
      // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
      topic('default', { Principal: { AWS: '*' }, ...when('StringEquals', 'AWS:SourceOwner', OWN) }),
      topic('public-topic', { ...everybody, Action: ['sns:Publish', 'sns:Subscribe'] }),
      // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
      key('default', { Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: 'kms:*' }),
      // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
      key('vendor', vendor),
      key('vendor-of-organization', { ...vendor, ...when('StringEquals', 'aws:PrincipalOrgID', ORG) }),
      // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
      key('by-service', {
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 'ec2.eu-central-1.amazonaws.com' },
        },
      }),
      key('by-service-for-anybody', {
        Principal: { AWS: '*' },
        ...when('StringEquals', 'kms:ViaService', 'ec2.eu-central-1.amazonaws.com'),
      }),
      // https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
      lambda('public-function', everybody),
      lambda('from-api', {
        ...service('apigateway'),
        ...when('ArnLike', 'AWS:SourceArn', `arn:aws:execute-api:eu-central-1:${OWN}:a1b2c3/*/GET/orders`),
      }),
      lambda('from-any-rule', service('events')),
      // Skills of Alexa send no key of their source, but a token.
      lambda('alexa', { Principal: { Service: 'alexa-appkit.amazon.com' } }),
      // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
      lambda('url', {
        ...everybody,
        Action: 'lambda:InvokeFunctionUrl',
        ...when('StringEquals', 'lambda:FunctionUrlAuthType', 'NONE'),
      }),
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
      known('ecr', 'repository/public/app', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [everybody]),
      known('ecr', 'repository/vendor/app', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], [vendor]),
      // https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples_cross.html
      known('secretsmanager', 'secret:kept-by-rcp-a1b2c3', 'secretsmanager:GetSecretValue', [everybody]),
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-examples.html
      known('dynamodb', 'table/orders', ['dynamodb:GetItem', 'dynamodb:Query'], [vendor]),
    ],
  }),
  findings: {
    'account-without-auditor-role': { root: 'nobody holds SecurityAudit' },
    'account-without-support-role': { root: 'nobody holds AWSSupportAccess' },
    'resource-allows-anybody': {
      public: 'everybody reads',
      'public-writes': 'everybody writes',
      'public-folder': 'everybody reads a folder',
      'public-referer': 'everybody who sends a header of choice',
      'public-addresses': 'a network that is all of the Internet',
      'public-endpoints': 'any endpoint of any VPC',
      'public-tls': 'everybody, by TLS',
      'any-organization': '`o-*` is every organization there is',
      'public-queue': 'everybody does everything',
      'public-topic': 'everybody publishes and subscribes',
      'key/by-service-for-anybody': 'everybody, by way of EC2',
      'function:public-function': 'everybody invokes',
      'function:url': 'everybody who knows the URL',
      'repository/public/app': 'everybody pulls',
    },
    'resource-allows-foreign-account': {
      'other-organization organization': 'an organization that is not the own one',
      [`vendor ${VENDOR}`]: 'a bucket to a whole account',
      [`vendor-role ${VENDOR}`]: 'a queue to a role of another account',
      [`key/vendor ${VENDOR}`]: 'a key to a whole account',
      [`repository/vendor/app ${VENDOR}`]: 'a repository to a whole account',
      [`table/orders ${VENDOR}`]: 'a table to a whole account',
    },
    'resource-allows-service-without-source': {
      'site-of-anybody cloudfront.amazonaws.com': 'distributions of every account',
      'trail-of-anybody cloudtrail.amazonaws.com': 'trails of every account',
      'from-any-topic sns.amazonaws.com': 'topics of every account',
      'from-topics-of-anybody *': 'an ARN whose account is a wildcard',
      'from-buckets-by-name s3.amazonaws.com': 'a bucket’s ARN holds no account, and anybody may take the name',
      'function:from-any-rule events.amazonaws.com': 'rules of every account',
    },
  },
  traps: {
    office: 'everybody, but of one network: AWS does not call that public',
    blocked: 'everybody, but Block Public Access keeps strangers out',
    endpoint: 'everybody, but a Deny asks for one VPC endpoint',
    organization: 'everybody of the own organization',
    'one-role': 'everybody with the unique id of a role',
    'own-role': 'a role of the account itself may do everything',
    'access-points': 'everybody, by access points of the own account',
    site: 'CloudFront for one distribution',
    'site-by-identity': 'an origin access identity is no account',
    trail: 'CloudTrail for one trail',
    'access-logs': 'S3 for buckets of the account',
    'balancer-logs': 'the account with which Elastic Load Balancing delivers logs',
    'vendor-shut-out': 'another account, which a Deny shuts out',
    'from-topic': 'SNS for one topic',
    'from-topic-by-condition': 'everybody, but only a service brings the ARN of a topic',
    'from-bucket': 'S3 for one bucket of the account, its ARN spelled with wildcards',
    default: 'the policy that SNS gives each topic',
    'key/default': 'the policy that KMS gives each key',
    'key/vendor-of-organization': 'another account, as far as it is of the own organization',
    'key/by-service': 'everybody, but the caller must be of the account',
    'function:from-api': 'API Gateway for one method of one API',
    'function:alexa': 'a service that sends no key to ask for',
    'secret:kept-by-rcp-a1b2c3': 'everybody, whom an RCP keeps to the organization',
  },
};
