import { visibleText } from './visible-text.ts';

/** What a principal or thing is called by people: `alice` of `arn:aws:iam::123456789012:user/team/alice`. */
export const nameOfArn = (arn: string): string => {
  const resource = arn.split(':').slice(5).join(':');
  if (resource === 'root') return 'root user';
  // A path holds visible ASCII alone. A name with other characters, which AWS forbids but a file may have, stays whole.
  return visibleText(resource.replace(/^(?:[!-~]*\/)*/, '') || arn);
};
