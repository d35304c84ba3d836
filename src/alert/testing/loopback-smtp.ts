import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived: its envelope and its text with all headers. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** What the server does that is not usual. */
export interface SmtpHabits {
  /** The user and password it asks for; absent: it asks for none. */
  readonly account?: { readonly user: string; readonly password: string };
  /** How it answers each mail in turn: with this code of SMTP, or by taking it (250); the last for ever. */
  readonly answers?: readonly number[];
  /** It speaks TLS from the first byte, with a certificate that nobody vouches for. */
  readonly secure?: true;
  /** A receiver that it does not take. */
  readonly unknownReceiver?: string;
  /** The most bytes that it says it takes. */
  readonly size?: number;
  /** It cuts the connection where a mail has more bytes than this. */
  readonly cutsAbove?: number;
}

/** A real SMTP server on the loopback interface. */
export const loopbackSmtp = async ({
  account,
  answers = [250],
  secure,
  unknownReceiver,
  size,
  cutsAbove = Number.POSITIVE_INFINITY,
}: SmtpHabits = {}) => {
  const received: ReceivedMail[] = [];
  let mails = 0;
  const server = new SMTPServer({
    secure: secure === true,
    ...(size !== undefined && { size }),
    disabledCommands: ['STARTTLS'],
    authOptional: account === undefined,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === account?.user && password === account?.password) callback(null, { user: username });
      else callback(new Error(`wrong password ${password ?? ''}`));
    },
    onRcptTo: ({ address }, _session, callback) => {
      callback(address === unknownReceiver ? refusal(550) : null);
    },
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (chunks.reduce((sum, { length }) => sum + length, 0) > cutsAbove) for (const cut of sockets) cut.destroy();
      });
      stream.on('end', () => {
        const code = answers[Math.min(mails, answers.length - 1)] ?? 250;
        mails += 1;
        if (code !== 250) {
          callback(refusal(code));
          return;
        }
        const { mailFrom, rcptTo } = envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
        });
        callback(null);
      });
    },
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
};

const refusal = (responseCode: number): Error => Object.assign(new Error('not now'), { responseCode });
