import type { Finding } from '../../finding/audit-report.ts';
import type { SubjectType } from '../../finding/check-result.ts';
import { nameOfArn, nameOfSubject } from '../name-of-arn.ts';
import { partitionOf } from './aws-place.ts';
import { plainText } from './plain-text.ts';

/** An AWS account as an object of OCSF. */
export const ocsfAccount = (accountId: string, alias: string | null) => ({
  uid: accountId,
  ...(alias !== null && { name: plainText(alias) }),
  type_id: 10,
  type: 'AWS Account',
});

/** What a finding is about as an object `resource_details` of OCSF. */
export const ocsfResource = (finding: Finding) => {
  const { subject, accountId, owner } = finding;
  const partition = partitionOf(subject.arn);
  return {
    uid: subject.arn,
    ...(subject.id !== subject.arn && { uid_alt: subject.id }),
    name: nameOfSubject(finding, accountId),
    type: CLOUDFORMATION_TYPES[subject.type] ?? subject.arn.split(':')[2] ?? subject.type,
    cloud_partition: partition,
    // As the SDKs call the region of services that have none.
    region: subject.arn.split(':')[3] || `${partition}-global`,
    ...(typeof owner === 'string' && { owner: { name: plainText(owner) } }),
  };
};

const CLOUDFORMATION_TYPES: Readonly<Partial<Record<SubjectType, string>>> = {
  Account: 'AWS::::Account',
  RootUser: 'AWS::::Account',
  User: 'AWS::IAM::User',
  Group: 'AWS::IAM::Group',
  Role: 'AWS::IAM::Role',
  ManagedPolicy: 'AWS::IAM::ManagedPolicy',
  ServerCertificate: 'AWS::IAM::ServerCertificate',
  InstanceProfile: 'AWS::IAM::InstanceProfile',
};

/** The principal that a finding is about as an object `user` of OCSF; nothing where it is about no principal. */
export const ocsfUser = ({ subject, accountId }: Finding) => {
  const kind = USER_KINDS[subject.type];
  if (kind === undefined) return {};
  const [typeId, type] = kind;
  return {
    user: {
      name: nameOfArn(subject.arn),
      uid: subject.arn,
      ...(subject.id !== subject.arn && { uid_alt: subject.id }),
      account: ocsfAccount(accountId, null),
      type_id: typeId,
      type,
    },
  };
};

const USER_KINDS: Readonly<Partial<Record<SubjectType, readonly [id: number, caption: string]>>> = {
  User: [1, 'User'],
  RootUser: [2, 'Admin'],
  Role: [99, 'AWS IAM Role'],
};
