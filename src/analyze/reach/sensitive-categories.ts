import type { ServiceReference } from '../../reference/service-reference.ts';
import type { AccountSnapshot } from '../../snapshot/account-snapshot.ts';
import { dataQuestions } from './data-questions.ts';
import { permissionsQuestions } from './permissions-questions.ts';
import type { ReachQuestion } from './read-reach.ts';
import { serviceOf } from './whole-services.ts';

/** Access to all of something that is worth reaching. */
export interface SensitiveCategory {
  /** In words, as the end of "can gain". */
  readonly name: string;
  /** Whoever holds it opens doors beside it. */
  readonly isWorse: boolean;
  /** Any of them granted on all resources is the category. */
  readonly questions: readonly ReachQuestion[];
}

/** The categories of sensitive access, what matters most first. */
export const sensitiveCategories = (
  account: Pick<AccountSnapshot, 'partition' | 'accountId'>,
  reference: ServiceReference,
): readonly SensitiveCategory[] => {
  const { partition, accountId } = account;
  const data = dataQuestions(account);
  const dataOf = (...services: readonly string[]): readonly ReachQuestion[] =>
    data.filter(({ action }) => services.includes(serviceOf(action)));
  const table = `arn:${partition}:dynamodb:*:${accountId}:table/*`;
  return [
    {
      name: 'permissions management of data, keys and code',
      isWorse: true,
      questions: permissionsQuestions(account, reference).filter(({ action }) => OPENING.has(action)),
    },
    { name: 'all secrets and parameters', isWorse: true, questions: dataOf('secretsmanager', 'ssm') },
    {
      name: 'roles of other accounts',
      isWorse: false,
      questions: [{ action: 'sts:AssumeRole', pattern: `arn:${partition}:iam::*:role/*` }],
    },
    {
      name: 'all data in S3 and databases',
      isWorse: false,
      questions: [
        ...dataOf('s3', 'rds-db', 'redshift'),
        { action: 'dynamodb:GetItem', pattern: table },
        { action: 'dynamodb:Scan', pattern: table },
      ],
    },
    { name: 'decryption with all KMS keys', isWorse: false, questions: dataOf('kms') },
  ];
};

// By which data, keys and code are opened to whoever asks; what can be done with the permissions of IAM leads to administrators.
const OPENING: ReadonlySet<string> = new Set([
  'kms:CreateGrant',
  'kms:PutKeyPolicy',
  'lambda:AddPermission',
  's3:PutBucketPolicy',
  'secretsmanager:PutResourcePolicy',
]);
