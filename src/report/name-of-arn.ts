import type { Finding } from '../finding/audit-report.ts';
import { visibleText } from './visible-text.ts';

/** What a principal or thing is called by people: `alice` of `arn:aws:iam::123456789012:user/team/alice`. */
export const nameOfArn = (arn: string): string => {
  const resource = arn.split(':').slice(5).join(':');
  if (resource === 'root') return 'root user';
  // A path holds visible ASCII alone. A name with other characters, which AWS forbids but a file may have, stays whole.
  return visibleText(resource.replace(/^(?:[!-~]*\/)*/, '') || arn);
};

/** What people call the subject of a finding. The ARN of an account is that of its root user; the name tells them apart. */
export const nameOfSubject = ({ subject }: Finding, accountLabel: string): string => {
  if (subject.type === 'Account') return visibleText(accountLabel);
  // Of a permission set the ARN holds no name, but an id.
  if (subject.type === 'PermissionSet' && subject.part !== null) return visibleText(subject.part);
  return nameOfArn(subject.arn);
};
