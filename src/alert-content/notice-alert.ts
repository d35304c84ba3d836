import type { Alert, AlertNotice } from '../finding/alert.ts';
import { alertId } from './alert-id.ts';

/** An alert that holds no findings but notices; the same for the same subject. */
export const noticeAlert = (
  notices: readonly AlertNotice[],
  about: Pick<Alert, 'route' | 'at'> & Partial<Alert> & { readonly subject: readonly string[] },
): Alert => {
  const { subject, ...members } = about;
  return {
    id: alertId([about.route, 'notice', ...subject]),
    test: false,
    account: null,
    runId: null,
    sinceBaseline: true,
    items: [],
    gaps: [],
    notices,
    failure: null,
    link: null,
    ...members,
  };
};
