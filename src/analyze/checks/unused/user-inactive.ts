import { daysBetween, type Instant } from '../../../kernel/time.ts';
import type { User } from '../../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../../snapshot/collected.ts';
import { defineCheck } from '../../define-check.ts';

/** A user cannot sign in any more and has not for long. */
export const userInactive = defineCheck({
  id: 'user-inactive',
  title: 'IAM user without any credential that works',
  category: 'unused',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether a user has neither a console password nor any active access key, service-specific credential, SSH public key or signing certificate, and neither was made nor used a password or key within `unusedDays` days. The default is the time for which AWS keeps track of the use of roles, so that a user that was switched off may wait for the audit of the year. A user with credentials that work and nobody uses is told of by the checks of those.',
    risk: 'The permissions of a user that nobody is wait for the first one who can make a key for it.',
    remediation: [
      'Delete the user, with its policies and group memberships.',
      'Where it must stay, for an approval or a record, take its permissions away.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_remove.html'],
  },
  frameworks: [],
  defaults: { unusedDays: 400 },

  *run({ users }, { now, options }) {
    for (const user of users) {
      const { arn } = user;
      const idleDays = daysBetween(lastSign(user), now);
      const usable = hasUsableCredential(user);
      // A user that was made or used lately is in use, whatever else could not be read.
      if (idleDays >= options.unusedDays && typeof usable === 'object') {
        yield { subject: { arn }, outcome: 'unknown', gap: usable };
      } else {
        const fails = idleDays >= options.unusedDays && usable === false;
        yield {
          subject: { arn },
          outcome: fails ? 'fail' : 'pass',
          evidence: { idleDays, ageDays: daysBetween(user.createDate, now) },
        };
      }
    }
  },

  summary: ({ idleDays }, { name }) =>
    `User ${name} has no credential that works and shows no sign of use for ${idleDays} days.`,
});

const hasUsableCredential = (user: User): boolean | CollectionGap => {
  const { password, accessKeys, serviceSpecificCredentials, sshPublicKeys, signingCertificates } = user;
  const lists = [accessKeys, serviceSpecificCredentials, sshPublicKeys, signingCertificates];
  if (password.known && password.value.enabled) return true;
  if (lists.some((list) => list.known && list.value.some(({ status }) => status === 'Active'))) return true;
  if (!password.known) return password.gap;
  for (const list of lists) if (!list.known) return list.gap;
  return false;
};

const lastSign = ({ createDate, password, accessKeys }: User): Instant => {
  const keys = accessKeys.known ? accessKeys.value : [];
  const times = [
    password.known ? password.value.lastUsed : null,
    ...keys.flatMap((key) => [key.createDate, key.lastUsed.known ? (key.lastUsed.value?.date ?? null) : null]),
  ];
  return times.reduce<Instant>((latest, time) => (time !== null && time > latest ? time : latest), createDate);
};
