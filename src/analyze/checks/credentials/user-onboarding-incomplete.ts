import { daysBetween, epochMillis, type Instant } from '../../../kernel/time.ts';
import type { Password, User } from '../../../snapshot/account-snapshot.ts';
import type { CollectionGap } from '../../../snapshot/collected.ts';
import { defineCheck } from '../../define-check.ts';
import { minutesAfterUser } from '../../facts/made-together.ts';

/** A new console user has not been set up to the end. */
export const userOnboardingIncomplete = defineCheck({
  id: 'user-onboarding-incomplete',
  title: 'Onboarding of a new IAM user is incomplete',
  category: 'credentials',
  severity: 'low',
  resourceType: 'User',
  reads: ['users'],
  doc: {
    what: 'The record of every console user made less than `untilDays` days ago, item by item: the first password was changed, MFA is on, the user is in a group, no active access key was made together with the user, and a tag of `ownerTags` (in any case) says whose it is. An item that is open after `afterDays` days is a finding.',
    risk: 'What is not done in the first days is rarely done later: first passwords stay in mails, and nobody knows whose the user is.',
    remediation: [
      'Have the user sign in, change the first password and register MFA.',
      'Put the user into the groups of their work and tag it with its owner.',
      'Delete a key that was made with the user, unless it is needed.',
    ],
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users_create.html'],
  },
  frameworks: [],
  defaults: { afterDays: 14, untilDays: 90, ownerTags: ['owner', 'team', 'contact', 'email'] },

  *run({ users }, { now, options }) {
    for (const user of users) {
      const ageDays = daysBetween(user.createDate, now);
      const subject = { arn: user.arn };
      if (ageDays >= options.untilDays) continue;
      if (!user.password.known) {
        yield { subject, outcome: 'unknown', gap: user.password.gap };
        continue;
      }
      if (!user.password.value.enabled) continue;
      const items = onboardingItems(user, user.password.value, options.ownerTags);
      const open = items.filter(({ done }) => done === false).map(({ item }) => item);
      const gap = openGap(user);
      const isDue = ageDays >= options.afterDays;
      if (isDue && open.length === 0 && gap !== null) yield { subject, outcome: 'unknown', gap };
      else yield { subject, outcome: isDue && open.length > 0 ? 'fail' : 'pass', evidence: { ageDays, items, open } };
    }
  },

  summary: ({ ageDays, open }, { name }) =>
    `User ${name} was made ${ageDays} days ago, and ${open.length} ${open.length === 1 ? 'item' : 'items'} of its onboarding ${open.length === 1 ? 'is' : 'are'} open.`,
});

/** The record; null: could not be read. */
const onboardingItems = (user: User, password: Password, ownerTags: readonly string[]) => {
  const { createDate, mfa, groups, accessKeys, tags } = user;
  const isOwnerTag = (key: string): boolean => ownerTags.some((tag) => tag.toLowerCase() === key.toLowerCase());
  return [
    { item: 'password-changed', done: wasChanged(password, createDate) },
    { item: 'mfa-active', done: mfa.known ? mfa.value.active : null },
    { item: 'in-a-group', done: groups.length > 0 },
    {
      item: 'no-key-made-at-creation',
      done: accessKeys.known
        ? !accessKeys.value.some((key) => key.status === 'Active' && minutesAfterUser(user, key) <= SAME_MINUTES)
        : null,
    },
    { item: 'owner-tag', done: [...tags].some(([key, value]) => isOwnerTag(key) && value.trim() !== '') },
  ];
};

/** How long after the user a key still counts as made together with it. */
const SAME_MINUTES = 5;

// AWS does not tell who changed a password. One that was set within the hour of the user is the first one; a later
// one that was never used to sign in was set by somebody else.
const wasChanged = ({ lastChanged, lastUsed }: Password, createDate: Instant): boolean =>
  lastUsed !== null && lastChanged !== null && epochMillis(lastChanged) - epochMillis(createDate) > 3_600_000;

const openGap = ({ mfa, accessKeys }: User): CollectionGap | null => {
  if (!mfa.known) return mfa.gap;
  return accessKeys.known ? null : accessKeys.gap;
};
