import type { Instant } from '../../kernel/time.ts';
import type { LastAccessedDocument } from '../../snapshot/last-accessed.ts';
import type { AccountState } from '../account-state.ts';
import { findReportSubject } from './report-subject.ts';
import { servicesLastAccessed } from './service-report.ts';

/** `last-accessed.json` of an account: what a report on each user and role tells. */
export const lastAccessedDocument = (state: AccountState, now: Instant): LastAccessedDocument =>
  Object.fromEntries(
    [...state.users.values(), ...state.roles.values()].flatMap(({ arn }) => {
      const subject = findReportSubject(state, arn);
      if (!subject.ok || subject.value.documents.length === 0) return [];
      return [[arn, servicesLastAccessed(state, subject.value, true, now).map(toDocument)]];
    }),
  );

const toDocument = (
  service: ReturnType<typeof servicesLastAccessed>[number],
): LastAccessedDocument[string][number] => ({
  ServiceNamespace: service.ServiceNamespace,
  ...(service.LastAuthenticated && { LastAuthenticated: service.LastAuthenticated }),
  ...(service.TrackedActionsLastAccessed && {
    TrackedActionsLastAccessed: service.TrackedActionsLastAccessed.map(({ ActionName, LastAccessedTime }) => ({
      ActionName,
      ...(LastAccessedTime && { LastAccessedTime }),
    })),
  }),
});
