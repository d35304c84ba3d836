import { daysBetween, type Instant } from '../../../kernel/time.ts';
import type { User } from '../../../snapshot/account-snapshot.ts';
import { type Collected, mapCollected } from '../../../snapshot/collected.ts';
import { defineCheck } from '../../define-check.ts';

/** A credential that was deactivated has not been deleted. */
export const userInactiveCredentialKept = defineCheck({
  id: 'user-inactive-credential-kept',
  title: 'IAM user keeps credentials that were deactivated long ago',
  category: 'unused',
  severity: 'info',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'Whether a user has access keys, service-specific credentials, SSH public keys or signing certificates that are not active and were made, and as far as AWS knows last used, more than `keptDays` days ago. When they were deactivated AWS does not tell. A user of whom nothing works any more is left to `user-inactive`.',
    risk: 'One call makes an inactive credential work again, for whoever still has its secret.',
    remediation: ['Delete credentials that have been inactive for some weeks without anybody missing them.'],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html'],
  },
  frameworks: [],
  defaults: { keptDays: 365 },

  *run({ users }, { now, options }) {
    for (const user of users) {
      const lists = credentialsOf(user);
      const inUse = mayWork(user.password, lists);
      const inactive = lists
        .flatMap((list) => (list.known ? list.value : []))
        .filter(({ status }) => status !== 'Active')
        .flatMap(({ kind, id, touched }) =>
          touched === null ? [] : [{ kind, id, idleDays: daysBetween(touched, now) }],
        )
        .filter(({ idleDays }) => idleDays > options.keptDays && inUse);
      const unread = lists.find((list) => !list.known);
      if (inactive.length === 0 && unread?.known === false) {
        yield { subject: { arn: user.arn }, outcome: 'unknown', gap: unread.gap };
      } else {
        yield {
          subject: { arn: user.arn },
          outcome: inactive.length > 0 ? 'fail' : 'pass',
          evidence: { credentials: inactive },
        };
      }
    }
  },

  summary: ({ credentials }, { name }) =>
    `User ${name} keeps ${credentials.length} ${credentials.length === 1 ? 'credential that is' : 'credentials that are'} not active.`,
});

/** Whether anything of a user still works, or may. */
const mayWork = (password: User['password'], lists: ReturnType<typeof credentialsOf>): boolean =>
  !password.known ||
  password.value.enabled ||
  lists.some((list) => !list.known || list.value.some(({ status }) => status === 'Active'));

interface Credential {
  readonly kind: 'access-key' | 'service-specific-credential' | 'ssh-public-key' | 'signing-certificate';
  readonly id: string;
  readonly status: string;
  /** When it was made or last used; null: AWS does not tell. */
  readonly touched: Instant | null;
}

const credentialsOf = ({
  accessKeys,
  serviceSpecificCredentials,
  sshPublicKeys,
  signingCertificates,
}: User): readonly Collected<readonly Credential[]>[] => [
  mapCollected(accessKeys, (keys) =>
    keys.map(({ accessKeyId: id, status, createDate, lastUsed }) => {
      const used = lastUsed.known ? (lastUsed.value?.date ?? createDate) : createDate;
      return { kind: 'access-key', id, status, touched: used > createDate ? used : createDate };
    }),
  ),
  mapCollected(serviceSpecificCredentials, (credentials) =>
    credentials.map(({ id, status, createDate }) => ({
      kind: 'service-specific-credential',
      id,
      status,
      touched: createDate,
    })),
  ),
  mapCollected(sshPublicKeys, (keys) =>
    keys.map(({ id, status, uploadDate }) => ({ kind: 'ssh-public-key', id, status, touched: uploadDate })),
  ),
  mapCollected(signingCertificates, (certificates) =>
    certificates.map(({ id, status, uploadDate }) => ({
      kind: 'signing-certificate',
      id,
      status,
      touched: uploadDate,
    })),
  ),
];
