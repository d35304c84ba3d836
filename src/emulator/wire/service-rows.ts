/** What of a service the SDK package does not export. */
export interface ServiceRow {
  readonly protocol: 'query' | 'json' | 'restJson' | 'restXml';
  /** Of the API: the `Version` of AWS Query requests. */
  readonly version: string;
  /** The namespace of its XML answers. */
  readonly xmlNamespace: string;
  /** What stands before the operation in `X-Amz-Target`. */
  readonly target: string;
  /** `application/x-amz-json-1.0` or `1.1`. */
  readonly jsonVersion: '1.0' | '1.1';
  /** Stands before the names of errors in JSON 1.0. */
  readonly errorNamespace: string;
  readonly load: () => Promise<object>;
}

const base = { target: '', jsonVersion: '1.1', errorNamespace: '', xmlNamespace: '' } as const;

const query = (name: string, version: string, load: ServiceRow['load']): ServiceRow => ({
  ...base,
  protocol: 'query',
  version,
  xmlNamespace: `https://${name}.amazonaws.com/doc/${version}/`,
  load,
});

const json = (
  jsonVersion: ServiceRow['jsonVersion'],
  target: string,
  version: string,
  load: ServiceRow['load'],
): ServiceRow => ({ ...base, protocol: 'json', jsonVersion, target, version, load });

const restJson = (version: string, load: ServiceRow['load']): ServiceRow => ({
  ...base,
  protocol: 'restJson',
  version,
  load,
});

/**
 * The services, by the name in the scope of signatures. The SDK packages hold what stands here in the settings of their
 * clients (`runtimeConfig.shared`), which they do not export.
 */
export const SERVICE_ROWS: ReadonlyMap<string, ServiceRow> = new Map([
  ['iam', query('iam', '2010-05-08', () => import('@aws-sdk/client-iam'))],
  ['sts', query('sts', '2011-06-15', () => import('@aws-sdk/client-sts'))],
  [
    'organizations',
    json('1.1', 'AWSOrganizationsV20161128', '2016-11-28', () => import('@aws-sdk/client-organizations')),
  ],
  ['access-analyzer', restJson('2019-11-01', () => import('@aws-sdk/client-accessanalyzer'))],
  ['lambda', restJson('2015-03-31', () => import('@aws-sdk/client-lambda'))],
  [
    's3',
    {
      ...base,
      protocol: 'restXml',
      version: '2006-03-01',
      xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
      load: () => import('@aws-sdk/client-s3'),
    },
  ],
  ['kms', json('1.1', 'TrentService', '2014-11-01', () => import('@aws-sdk/client-kms'))],
  [
    'sqs',
    {
      ...json('1.0', 'AmazonSQS', '2012-11-05', () => import('@aws-sdk/client-sqs')),
      // Older clients speak AWS Query to it.
      xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
      errorNamespace: 'com.amazonaws.sqs#',
    },
  ],
  [
    'sns',
    {
      ...query('sns', '2010-03-31', () => import('@aws-sdk/client-sns')),
      xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    },
  ],
  ['secretsmanager', json('1.1', 'secretsmanager', '2017-10-17', () => import('@aws-sdk/client-secrets-manager'))],
  ['ecr', json('1.1', 'AmazonEC2ContainerRegistry_V20150921', '2015-09-21', () => import('@aws-sdk/client-ecr'))],
  [
    'dynamodb',
    {
      ...json('1.0', 'DynamoDB_20120810', '2012-08-10', () => import('@aws-sdk/client-dynamodb')),
      errorNamespace: 'com.amazonaws.dynamodb.v20120810#',
    },
  ],
  [
    'cloudtrail',
    json(
      '1.1',
      'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101',
      '2013-11-01',
      () => import('@aws-sdk/client-cloudtrail'),
    ),
  ],
  ['sso', json('1.1', 'SWBExternalService', '2020-07-20', () => import('@aws-sdk/client-sso-admin'))],
  ['identitystore', json('1.1', 'AWSIdentityStore', '2020-06-15', () => import('@aws-sdk/client-identitystore'))],
]);
