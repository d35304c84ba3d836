import type { EscalationMethod } from '../escalation-method.ts';

const keyGrant = {
  id: 'own-kms-grant',
  title: 'Grant itself the use of a KMS key',
  category: 'boundary-removal',
  ways: [{ on: 'self', requires: [{ action: 'kms:CreateGrant', on: 'existing' }], effect: 'reads-resource' }],
  remediation: [
    'Grant kms:CreateGrant with kms:GrantIsForAWSResource set to true.',
    'Name who may make grants in the key policy.',
  ],
  references: ['https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html'],
} as const satisfies EscalationMethod;

const keyPolicy = {
  id: 'own-kms-key-policy',
  title: 'Rewrite the policy of a KMS key',
  category: 'trust-tampering',
  ways: [{ on: 'self', requires: [{ action: 'kms:PutKeyPolicy', on: 'existing' }], effect: 'reads-resource' }],
  remediation: ['Allow kms:PutKeyPolicy in the key policy to key administrators only.'],
  references: ['https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html'],
} as const satisfies EscalationMethod;

const bucketPolicy = {
  id: 'own-s3-bucket-policy',
  title: 'Rewrite the policy of an S3 bucket',
  category: 'trust-tampering',
  ways: [{ on: 'self', requires: [{ action: 's3:PutBucketPolicy', on: 'existing' }], effect: 'reads-resource' }],
  remediation: ['Grant s3:PutBucketPolicy on named buckets.'],
  references: ['https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html'],
} as const satisfies EscalationMethod;

const secretPolicy = {
  id: 'own-secret-resource-policy',
  title: 'Rewrite the policy of a secret',
  category: 'trust-tampering',
  ways: [
    {
      on: 'self',
      requires: [{ action: 'secretsmanager:PutResourcePolicy', on: 'existing' }],
      effect: 'reads-resource',
    },
  ],
  remediation: [
    'Grant secretsmanager:PutResourcePolicy on named secrets.',
    'Encrypt secrets with a customer managed key.',
  ],
  references: ['https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html'],
} as const satisfies EscalationMethod;

const databaseCredentials = {
  id: 'own-cred-database',
  title: 'Ask for temporary credentials of a database user',
  category: 'credential-access',
  ways: [
    {
      on: 'self',
      requires: [
        {
          anyOf: [
            { action: 'redshift:GetClusterCredentials', on: 'existing', type: 'dbuser' },
            { action: 'redshift:GetClusterCredentialsWithIAM', on: 'existing', type: 'dbname' },
            { action: 'rds-db:connect', on: 'existing', type: 'db-user' },
          ],
        },
      ],
      facts: [{ unseen: 'a network path to the database' }],
      effect: 'reads-resource',
    },
  ],
  remediation: ['Grant redshift:GetClusterCredentials and rds-db:connect on named database users.'],
  references: [
    'https://docs.aws.amazon.com/redshift/latest/APIReference/API_GetClusterCredentials.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html',
  ],
} as const satisfies EscalationMethod;

/** Asked of both accounts where they are audited together, and of no single one. */
const openResource = {
  id: 'own-open-resource',
  title: 'Use a resource that another account opens to it',
  category: 'principal-access',
  ways: [],
  remediation: [
    'Name in the policy of the resource the roles that need it, not their account or organization.',
    'Limit the grants of the principal to the resources of other accounts that it needs.',
  ],
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html'],
} as const satisfies EscalationMethod;

/** By which a principal reaches data, and no principal. */
export const dataMethods: readonly EscalationMethod[] = [
  keyGrant,
  keyPolicy,
  bucketPolicy,
  secretPolicy,
  databaseCredentials,
  openResource,
];
