import type { RequestContext } from '../../evaluate/request-context.ts';

/** What can be done with resources of a service that is worth reaching. */
interface ResourceUse {
  /** Each is reading or using the resource. */
  readonly actions: readonly string[];
  /** What gives its caller such use: id of the method, and the request. */
  readonly openedBy: readonly OpeningRequest[];
  /** Ids of the methods by which a service does that as a role. */
  readonly through: readonly string[];
}

/** A request by which somebody grants itself the use of a resource. */
interface OpeningRequest {
  readonly method: string;
  readonly action: string;
  readonly context?: RequestContext;
}

const USES: ReadonlyMap<string, ResourceUse> = new Map(
  Object.entries({
    s3: {
      actions: ['s3:GetObject'],
      openedBy: [{ method: 'own-s3-bucket-policy', action: 's3:PutBucketPolicy' }],
      through: ['own-datasync', 'own-transfer-user', 'own-s3-batch', 'own-redshift-role'],
    },
    secretsmanager: {
      actions: ['secretsmanager:GetSecretValue'],
      openedBy: [{ method: 'own-secret-resource-policy', action: 'secretsmanager:PutResourcePolicy' }],
      through: [],
    },
    ssm: { actions: ['ssm:GetParameter'], openedBy: [], through: [] },
    kms: {
      actions: ['kms:Decrypt'],
      openedBy: [
        // Of a key grant that only services may make the caller has no use.
        { method: 'own-kms-grant', action: 'kms:CreateGrant', context: { 'kms:GrantIsForAWSResource': 'false' } },
        { method: 'own-kms-key-policy', action: 'kms:PutKeyPolicy' },
      ],
      through: [],
    },
    dynamodb: { actions: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'], openedBy: [], through: [] },
    lambda: {
      actions: ['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'],
      openedBy: [],
      through: ['own-events-rule', 'own-pipes'],
    },
    // Credentials of a database user are what own-cred-database is about.
    'rds-db': { actions: ['rds-db:connect'], openedBy: [], through: [] },
    redshift: {
      actions: ['redshift:GetClusterCredentials', 'redshift:GetClusterCredentialsWithIAM'],
      openedBy: [],
      through: [],
    },
  }),
);

/** Whether it is known how resources of a service are used. */
export const isUseOf = (service: string): boolean => USES.has(service);

/** The services of which it is known how their resources are used. */
export const SERVICES_IN_USE: readonly string[] = [...USES.keys()];

/** What can be done with resources of a service; nothing where that is not known. */
export const resourceUse = (service: string): ResourceUse =>
  USES.get(service) ?? { actions: [], openedBy: [], through: [] };

/** What an action is asked on: buckets have policies and objects are read. */
export const askedOn = (action: string, arn: string): string => {
  if (!action.startsWith('s3:')) return arn;
  const [bucket = arn] = arn.split('/');
  if (action === 's3:PutBucketPolicy') return bucket;
  return arn.includes('/') ? arn : `${arn}/any`;
};
