import { createTransport, type Transporter } from 'nodemailer';
import { mailMessage } from '../alert-content/mail-message.ts';
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

/** Mail over SMTP, as text and as HTML; all mails about an account are one thread. */
export const emailChannel = (target: MailTarget, patience: Patience): AlertChannel => ({
  send: (alert) => {
    const { subject, text, html, messageId, thread, date } = mailMessage(alert, domainOf(target.from));
    const mail = {
      from: target.from,
      to: [...target.to],
      subject,
      text,
      html,
      messageId,
      references: [thread],
      inReplyTo: thread,
      date: new Date(epochMillis(date)),
      // RFC 3834: no automatic answer is wanted.
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
    return tryDelivering(async () => {
      const transport = transportTo(target, patience);
      try {
        return await withinTime(sendOnce(transport, mail), patience.timeoutMs * 3);
      } catch (error) {
        return attemptOfSmtpError(error);
      } finally {
        transport.close();
      }
    }, patience);
  },
});

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

const sendOnce = async (transport: Transporter, mail: Parameters<Transporter['sendMail']>[0]): Promise<Attempt> => {
  const { rejected = [] } = await transport.sendMail(mail);
  return rejected.length === 0
    ? { kind: 'delivered' }
    : { kind: 'refused', message: `refused ${String(rejected.length)} of the receivers` };
};

// Each silence is bounded by the mailer; a server that says a byte now and then is bounded here.
const withinTime = async (attempt: Promise<Attempt>, milliseconds: number): Promise<Attempt> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Attempt>((resolve) => {
    timer = setTimeout(() => {
      resolve({ kind: 'unreachable', message: 'did not answer in time', retryAfterSeconds: null });
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
const attemptOfSmtpError = (error: unknown): Attempt => {
  const code = originalCode(error) ?? errorCode(error) ?? errorName(error);
  const status =
    error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
      ? error.responseCode
      : 0;
  const message = status === 0 ? `could not be reached (${code})` : `answered ${String(status)} (${code})`;
  return status >= 500 || REFUSED.test(code)
    ? { kind: 'refused', message }
    : { kind: 'unreachable', message, retryAfterSeconds: null };
};

const domainOf = (address: string): string => /@([A-Za-z0-9.-]+)>?$/.exec(address)?.[1] ?? 'vigil.invalid';
