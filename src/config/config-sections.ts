import { accountsSection } from './accounts-section.ts';
import { alertsSection } from './alerts-section.ts';
import { auditSection } from './audit-section.ts';
import { awsSection } from './aws-section.ts';
import { checksSection } from './checks-section.ts';
import { collectSection } from './collect-section.ts';
import { daemonSection } from './daemon-section.ts';
import { escalationSection } from './escalation-section.ts';
import { historySection } from './history-section.ts';
import { httpSection } from './http-section.ts';
import { ownersSection } from './owners-section.ts';
import { proposeSection } from './propose-section.ts';
import { queueSection } from './queue-section.ts';
import { reportSection } from './report-section.ts';
import { suppressionsSection } from './suppressions-section.ts';

/** The whole configuration, a section a file. */
export const configSections = {
  aws: awsSection,
  accounts: accountsSection,
  collect: collectSection,
  audit: auditSection,
  report: reportSection,
  checks: checksSection,
  escalation: escalationSection,
  propose: proposeSection,
  history: historySection,
  suppressions: suppressionsSection,
  owners: ownersSection,
  alerts: alertsSection,
  daemon: daemonSection,
  queue: queueSection,
  http: httpSection,
} as const;
