import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import { type EnclosedReports, NOTHING_ENCLOSED, withoutFiles } from '../alert-content/enclosed-reports.ts';
import { mailMessage } from '../alert-content/mail-message.ts';
import type { Alert, AlertReports } from '../finding/alert.ts';
import type { Secret } from '../kernel/secret.ts';
import { epochMillis } from '../kernel/time.ts';
import type { AlertChannel } from '../ports/alert-channel.ts';
import { type Attempt, errorCode, errorName, type Patience, tryDelivering } from './try-delivering.ts';

/** A mailbox, and the SMTP server that takes mail for it. */
export interface MailTarget {
  readonly host: string;
  readonly port: number;
  /** `tls`: from the first byte; `starttls`: before anything that matters, or not at all; `none`: in the open. */
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user?: string | undefined;
  readonly password?: Secret | undefined;
  readonly from: string;
  readonly to: readonly string[];
}

/** Reads the reports that are to go with a mail, by now. */
export type ReadReports = (reports: readonly AlertReports[]) => Promise<EnclosedReports>;

/**
 * Mail over SMTP, as text and as HTML; all mails about an account are one thread. A mail that the server will not have with its
 * attachments goes without them, and says so: no alert is lost for a report.
 */
export const emailChannel = (
  target: MailTarget,
  patience: Patience,
  readReports: ReadReports = async () => NOTHING_ENCLOSED,
): AlertChannel => ({
  send: async (alert) => {
    let enclosed = alert.reports === undefined ? NOTHING_ENCLOSED : await readReports(alert.reports);
    let unanswered = 0;
    const attempt = async (): Promise<Attempt> => {
      const { blame, ...sent } = await sendMail(alert, enclosed, target, patience);
      if (blame === 'silence') unanswered += 1;
      if (enclosed.enclosed.length === 0 || !(blame === 'mail' || unanswered === UNANSWERED)) return sent;
      enclosed = withoutFiles(
        enclosed,
        blame === 'mail' ? 'the mail server refused the mail with it' : 'it did not get through',
      );
      return blame === 'mail' ? attempt() : sent;
    };
    return tryDelivering(attempt, patience);
  },
});

// Some servers cut the connection where a mail is too large for them: the last try goes without.
const UNANSWERED = 3;

const mailOf = (alert: Alert, { from, to }: MailTarget, enclosed: EnclosedReports): SendMailOptions => {
  const { subject, text, html, messageId, thread, date } = mailMessage(alert, domainOf(from), enclosed);
  const files = enclosed.enclosed;
  return {
    from,
    to: [...to],
    subject,
    text,
    html,
    messageId,
    references: [thread],
    inReplyTo: thread,
    date: new Date(epochMillis(date)),
    // RFC 3834: no automatic answer is wanted.
    headers: { 'Auto-Submitted': 'auto-generated' },
    // With its size the server can refuse a mail before it is on the line (RFC 1870).
    ...(files.length > 0 && {
      envelope: { from, to: [...to], size: Math.ceil(bytesOf(files) * 1.4) + 2 * (text.length + html.length) },
    }),
    attachments: files.map(({ name, contentType, content }) => ({
      filename: name,
      contentType,
      content: Buffer.from(content),
      contentTransferEncoding: 'base64',
    })),
  };
};

const bytesOf = (files: EnclosedReports['enclosed']): number =>
  files.reduce((sum, { content }) => sum + content.length, 0);

/** How slow a line may be that attachments go over: 100 kB/s. */
const SLOWEST_BYTES_A_MS = 100;

/** What one try came to, and what to blame: the mail itself, that nobody answered, or whatever else (null). */
type SmtpAttempt = Attempt & { readonly blame: 'mail' | 'silence' | null };

const sendMail = async (
  alert: Alert,
  enclosed: EnclosedReports,
  target: MailTarget,
  patience: Patience,
): Promise<SmtpAttempt> => {
  const transport = transportTo(target, patience);
  const bytes = bytesOf(enclosed.enclosed);
  try {
    return await withinTime(
      sendOnce(transport, mailOf(alert, target, enclosed)),
      patience.timeoutMs * 3 + bytes / SLOWEST_BYTES_A_MS,
    );
  } catch (error) {
    return attemptOfSmtpError(error);
  } finally {
    transport.close();
  }
};

const transportTo = ({ host, port, security, user, password }: MailTarget, { timeoutMs }: Patience): Transporter =>
  createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password?.reveal() ?? '' } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Nothing in a mail may make the mailer read a file or an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });

const sendOnce = async (transport: Transporter, mail: SendMailOptions): Promise<SmtpAttempt> => {
  const { rejected = [] } = await transport.sendMail(mail);
  return rejected.length === 0
    ? { kind: 'delivered', blame: null }
    : { kind: 'refused', message: `refused ${String(rejected.length)} of the receivers`, blame: null };
};

// Each silence is bounded by the mailer; a server that says a byte now and then is bounded here.
const withinTime = async (attempt: Promise<SmtpAttempt>, milliseconds: number): Promise<SmtpAttempt> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<SmtpAttempt>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: 'unreachable', message: 'did not answer in time', retryAfterSeconds: null, blame: 'silence' });
    }, milliseconds);
  });
  return Promise.race([attempt, late]).finally(() => {
    clearTimeout(timer);
  });
};

// Who may not log in, and a server that nobody vouches for.
const REFUSED = /^(EAUTH|ENOAUTH|ERR_TLS_.*|CERT_.*|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*)$/;

/** The code that the mailer's own (`ESOCKET`) stands for. */
const originalCode = (error: unknown): string | null =>
  error instanceof Error && 'originalCode' in error
    ? errorCode(Object.assign(new Error(), { code: error.originalCode }))
    : null;

/** RFC 5321, 4.2.1: 5xx will be refused again, 4xx may pass later. What the server says beside it may be anything. */
const attemptOfSmtpError = (error: unknown): SmtpAttempt => {
  const code = originalCode(error) ?? errorCode(error) ?? errorName(error);
  const status =
    error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
      ? error.responseCode
      : 0;
  // `EMESSAGE` without an answer: the server had said how large a mail may be.
  if (code === 'EMESSAGE' && status === 0) return { kind: 'refused', message: 'takes no mail so large', blame: 'mail' };
  const message = status === 0 ? `could not be reached (${code})` : `answered ${String(status)} (${code})`;
  if (status >= 500 || REFUSED.test(code)) {
    return { kind: 'refused', message, blame: code === 'EMESSAGE' || status === TOO_LARGE ? 'mail' : null };
  }
  const isSilence = status === 0 && code !== 'ECONNREFUSED';
  return { kind: 'unreachable', message, retryAfterSeconds: null, blame: isSilence ? 'silence' : null };
};

// RFC 1870, 6.1: more than the server takes, in answer to `MAIL FROM` too.
const TOO_LARGE = 552;

const domainOf = (address: string): string => /@([A-Za-z0-9.-]+)>?$/.exec(address)?.[1] ?? 'vigil.invalid';
