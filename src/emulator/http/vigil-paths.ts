import { accountToDocuments } from '../../account/account-documents.ts';
import { emptyAccount } from '../../account/account-edits.ts';
import type { AccountPlace } from '../../account/call.ts';
import { accountAt, type CloudState, cloudOf } from '../../account/cloud-state.ts';
import { organizationDocument } from '../../account/organization-document.ts';
import type { Instant } from '../../kernel/time.ts';
import { ACCOUNT_FILE, SNAPSHOT_FILES } from '../../snapshot/snapshot-files.ts';
import type { HttpAnswer } from '../wire/http-answer.ts';
import type { Circumstances, EmulatedCloud } from './emulated-account.ts';

/** Answers what is asked of the emulator itself, under `/_vigil/`, beside the AWS protocol. */
export const answerVigilPath = (
  emulated: EmulatedCloud,
  initial: Pick<EmulatedCloud, 'cloud' | 'twinAt'>,
  { method, path, query }: { readonly method: string; readonly path: string; readonly query: string },
  { now, changed }: Pick<Circumstances, 'now' | 'changed'>,
): HttpAnswer => {
  switch (`${method} ${path}`) {
    case 'GET /_vigil/health':
      return json(200, { status: 'ready' });
    case 'GET /_vigil/state':
      return json(200, snapshotDirectory(emulated.cloud, emulated.main, now));
    case 'POST /_vigil/reset': {
      const to = new URLSearchParams(query).get('to');
      if (to !== null && to !== 'initial') return json(400, { error: `\`to=${to}\` is not known; use \`to=initial\`` });
      emulated.cloud = to === 'initial' ? initial.cloud : cloudOf(emptyAccount(emulated.main, now));
      emulated.twinAt = to === 'initial' ? initial.twinAt : emptyAccount;
      emulated.eventLog.clear();
      changed();
      return json(200, { status: 'ready' });
    }
    case 'POST /_vigil/enforce':
      return enforceFrom(emulated, new URLSearchParams(query).get('after') ?? '0');
    default:
      return json(404, {
        error: `there is no ${method} ${path}; see /_vigil/health, /_vigil/state, /_vigil/reset, /_vigil/enforce`,
      });
  }
};

/** Leaves some calls unchecked, and checks those that follow. */
const enforceFrom = ({ enforcement }: EmulatedCloud, after: string): HttpAnswer => {
  if (after !== 'inf' && !/^\d{1,15}$/.test(after)) {
    return json(400, {
      error: `\`after=${after}\` is not a number of calls; use \`after=0\`, or \`after=inf\` for never`,
    });
  }
  enforcement.leaveUnchecked(after === 'inf' ? Number.POSITIVE_INFINITY : Number(after));
  return json(200, { status: 'ready' });
};

/** A snapshot directory: file name to content. */
const snapshotDirectory = (cloud: CloudState, place: AccountPlace, now: Instant): Readonly<Record<string, unknown>> => {
  const documents = {
    ...accountToDocuments(accountAt(cloud, place), now),
    organization: organizationDocument(cloud, place),
  };
  return {
    [ACCOUNT_FILE]: documents.account,
    ...Object.fromEntries(SNAPSHOT_FILES.map(({ file, member }) => [file, documents[member]])),
  };
};

const json = (status: number, content: unknown): HttpAnswer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(content),
});
