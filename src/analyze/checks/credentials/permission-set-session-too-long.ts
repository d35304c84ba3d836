import { defineCheck } from '../../define-check.ts';
import { judgeEachSet } from '../../facts/permission-sets.ts';

/** A permission set of IAM Identity Center whose sessions last long. */
export const permissionSetSessionTooLong = defineCheck({
  id: 'permission-set-session-too-long',
  title: 'Sessions of a permission set of IAM Identity Center last long',
  category: 'credentials',
  severity: 'low',
  resourceType: 'PermissionSet',
  reads: ['identityCenter'],
  doc: {
    what: 'Compares the session duration of every permission set with `maxHours`: for so long credentials work that somebody got, also after the user was disabled.',
    risk: 'Credentials of a session that were copied work until it ends, and nobody can end it from the directory.',
    remediation: [
      'Lower the session duration of the permission set (AWS’s own default is one hour), and provision it to its accounts.',
    ],
    references: ['https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html'],
  },
  frameworks: [],
  defaults: { maxHours: 8 },

  run: (account, { options }) =>
    judgeEachSet(account, ({ name, sessionSeconds }) => {
      if (!sessionSeconds.known) return { outcome: 'unknown', gap: sessionSeconds.gap };
      return {
        outcome: sessionSeconds.value > options.maxHours * 3600 ? 'fail' : 'pass',
        evidence: { permissionSet: name, sessionHours: Math.round(sessionSeconds.value / 360) / 10 },
      };
    }),

  summary: ({ permissionSet, sessionHours }, _, { maxHours }) =>
    `Sessions of permission set ${permissionSet} last ${sessionHours} hours, more than ${maxHours}.`,
});
