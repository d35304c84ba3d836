import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { EnclosedReports } from '../alert-content/enclosed-reports.ts';
import { alertOf, hostileAlert } from '../alert-content/testing/alert-builder.ts';
import { Secret } from '../kernel/secret.ts';
import { emailChannel, type MailTarget } from './email-channel.ts';
import { loopbackSmtp, type SmtpHabits } from './testing/loopback-smtp.ts';
import { mimeParts } from './testing/mime-parts.ts';
import { impatience } from './testing/patience.ts';

const PASSWORD = 'hunter2-of-the-mailbox';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const targetAt = (port: number, differing: Partial<MailTarget> = {}): MailTarget => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  from: 'Vigil <vigil@example.com>',
  to: ['security@example.com'],
  ...differing,
});

const sendTo = async (habits: SmtpHabits, differing: Partial<MailTarget> = {}, alert = alertOf()) => {
  const server = await loopbackSmtp(habits);
  closing.push(server.close);
  const patience = impatience();
  const result = await emailChannel(targetAt(server.port, differing), patience).send(alert);
  return { result, waits: patience.waits, received: server.received };
};

const headersOf = (raw: string): readonly string[] =>
  (raw.split('\r\n\r\n', 1)[0] ?? '').replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');

const header = (raw: string, name: string): string | undefined =>
  headersOf(raw)
    .find((line) => line.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim();

describe('mail', () => {
  it('arrives as text and as HTML, in the thread of its account', async () => {
    const { result, received } = await sendTo({});
    expect(result).toEqual({ ok: true, value: { attempts: 1 } });
    const [mail] = received;
    expect([mail?.from, mail?.to]).toEqual(['vigil@example.com', ['security@example.com']]);
    const raw = mail?.raw ?? '';
    expect(header(raw, 'subject')).toBe('[Vigil] IAM of prod (123456789012)');
    expect(header(raw, 'auto-submitted')).toBe('auto-generated');
    expect(header(raw, 'date')).toBe('Mon, 02 Mar 2026 02:30:00 +0000');
    expect(header(raw, 'content-type')).toContain('multipart/alternative');
    expect(raw).toContain('Content-Type: text/plain');
    expect(raw).toContain('Content-Type: text/html');
    expect(header(raw, 'references')).toMatch(/^<vigil\.account\.[0-9a-f]{32}@example\.com>$/);
    expect(header(raw, 'in-reply-to')).toBe(header(raw, 'references'));
  });

  it('has the same thread and another id the next night', async () => {
    const first = await sendTo({});
    const second = await sendTo({}, {}, alertOf({ id: 'of-the-next-night' }));
    const [one = '', other = ''] = [first.received[0]?.raw, second.received[0]?.raw];
    expect(header(other, 'references')).toBe(header(one, 'references'));
    expect(header(other, 'message-id')).not.toBe(header(one, 'message-id'));
  });

  it('has no header and no receiver that a name of the account smuggles in', async () => {
    const { received } = await sendTo({}, {}, hostileAlert());
    const [mail] = received;
    expect(mail?.to).toEqual(['security@example.com']);
    expect(headersOf(mail?.raw ?? '').filter((line) => /^bcc:/i.test(line))).toEqual([]);
    expect(header(mail?.raw ?? '', 'to')).toBe('security@example.com');
  });

  it('logs in where the server asks for it', async () => {
    const account = { user: 'vigil', password: PASSWORD };
    const { result } = await sendTo({ account }, { user: 'vigil', password: new Secret(PASSWORD) });
    expect(result.ok).toBe(true);
  });

  it('is not tried again with a password that is wrong, and does not tell it', async () => {
    const account = { user: 'vigil', password: 'another' };
    const { result, waits } = await sendTo({ account }, { user: 'vigil', password: new Secret(PASSWORD) });
    expect(result).toMatchObject({
      ok: false,
      error: { kind: 'refused', message: 'answered 535 (EAUTH)', attempts: 1 },
    });
    expect(waits).toEqual([]);
    expect(inspect(result, { depth: 9, showHidden: true })).not.toContain(PASSWORD);
  });

  it('is tried again where the server is busy', async () => {
    const { result, waits, received } = await sendTo({ answers: [451, 250] });
    expect(result).toEqual({ ok: true, value: { attempts: 2 } });
    expect(waits).toEqual([1000]);
    expect(received).toHaveLength(1);
  });

  it('is not tried again where the server will not have it', async () => {
    const { result } = await sendTo({ answers: [554] });
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused', attempts: 1 } });
  });

  it('tells that some of its receivers are unknown', async () => {
    const { result, received } = await sendTo(
      { unknownReceiver: 'gone@example.com' },
      { to: ['gone@example.com', 'security@example.com'] },
    );
    expect(result).toMatchObject({ ok: false, error: { message: 'refused 1 of the receivers' } });
    expect(received[0]?.to).toEqual(['security@example.com']);
  });

  it('is not sent in the open where TLS is asked for', async () => {
    const { result, received } = await sendTo({}, { security: 'starttls' });
    expect(result.ok).toBe(false);
    expect(received).toEqual([]);
  });

  it('gives its password to no server that nobody vouches for', async () => {
    const account = { user: 'vigil', password: PASSWORD };
    const { result, received } = await sendTo(
      { account, secure: true },
      { security: 'tls', user: 'vigil', password: new Secret(PASSWORD) },
    );
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused', attempts: 1 } });
    expect(received).toEqual([]);
    expect(inspect(result, { depth: 9, showHidden: true })).not.toContain(PASSWORD);
  });

  it.each([
    ['says nothing', () => {}],
    ['cuts the connection', (socket: { destroy(): void }) => socket.destroy()],
  ])('is given up in bounded time where the server %s', async (_, behave) => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      behave(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const patience = impatience(40);
    const result = await emailChannel(targetAt(port), patience).send(alertOf());
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    expect(result).toMatchObject({ ok: false, error: { kind: 'unreachable', attempts: 4 } });
    expect(patience.waits).toEqual([1000, 2000, 4000]);
  });
});

const REPORTS = { runId: '20260302T023000Z', directory: '/srv/secret/place', files: ['html', 'gone.csv'], link: null };

/** What lies where the reports were written: all bytes that there are, and a file that is gone. */
const ENCLOSED: EnclosedReports = {
  enclosed: [
    {
      of: REPORTS,
      file: 'report.html',
      name: 'vigil-20260302T023000Z-report.html',
      contentType: 'text/html; charset=utf-8',
      content: Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 256)),
    },
  ],
  leftOut: [{ of: REPORTS, file: 'gone.csv', bytes: null, why: 'it is there no more' }],
  superseded: 0,
};

describe('a mail with reports', () => {
  const send = async (habits: SmtpHabits, differing = {}) => {
    const server = await loopbackSmtp(habits);
    closing.push(server.close);
    const alert = { ...alertOf(differing), reports: [REPORTS] };
    const channel = emailChannel(targetAt(server.port), impatience(), async (reports) => {
      expect(reports).toEqual([REPORTS]);
      return ENCLOSED;
    });
    return { result: await channel.send(alert), mails: server.received };
  };
  const textOf = (raw: string): string =>
    mimeParts(raw)
      .filter(({ filename }) => filename === null)
      .map(({ content }) => content.toString('utf8'))
      .join('');

  it('has them byte for byte, says what is with it and what is not, and tells no place of this machine', async () => {
    const { mails } = await send({});
    const parts = mimeParts(mails[0]?.raw ?? '');
    expect(parts.map(({ contentType }) => contentType.split(';')[0])).toEqual(['text/plain', 'text/html', 'text/html']);
    expect(parts[2]?.filename).toBe('vigil-20260302T023000Z-report.html');
    expect(parts[2]?.content.equals(Buffer.from(ENCLOSED.enclosed[0]?.content ?? []))).toBe(true);
    for (const { content } of parts.slice(0, 2)) {
      expect(content.toString('utf8')).toContain('Attached: vigil-20260302T023000Z-report.html (200 kB).');
      expect(content.toString('utf8')).toContain(
        'Not attached: gone.csv of run 20260302T023000Z: it is there no more.',
      );
    }
    expect(mails[0]?.raw).not.toContain('secret/place');
  });

  it('has none of the words of an account in the name of a file', async () => {
    const { mails } = await send({}, hostileAlert());
    const raw = mails[0]?.raw ?? '';
    expect(mimeParts(raw).map(({ filename }) => filename)).toEqual([null, null, 'vigil-20260302T023000Z-report.html']);
    expect(headersOf(raw).filter((line) => /^bcc:/i.test(line))).toEqual([]);
  });

  it.each<[string, SmtpHabits, number, string]>([
    ['refuses it', { answers: [554, 250] }, 1, 'the mail server refused the mail with it'],
    ['says that it takes no mail so large', { size: 100_000 }, 1, 'the mail server refused the mail with it'],
    ['cuts the connection at large mails', { cutsAbove: 100_000 }, 4, 'it did not get through'],
  ])('goes without them where the server %s, and says so', async (_, habits, attempts, why) => {
    const { result, mails } = await send(habits);
    expect(result).toEqual({ ok: true, value: { attempts } });
    expect(mails).toHaveLength(1);
    expect(mimeParts(mails[0]?.raw ?? '').map(({ filename }) => filename)).toEqual([null, null]);
    expect(textOf(mails[0]?.raw ?? '')).toContain(
      `Not attached: report.html of run 20260302T023000Z (200 kB): ${why}. It is kept with the reports of that run.`,
    );
  });

  it('waits with them for a server that is busy or down', async () => {
    const { result, mails } = await send({ answers: [451, 451, 451, 250] });
    expect(result).toEqual({ ok: true, value: { attempts: 4 } });
    expect(mimeParts(mails[0]?.raw ?? '')).toHaveLength(3);
  });

  it('that is refused without them too is refused', async () => {
    const { result, mails } = await send({ answers: [554] });
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused', attempts: 1 } });
    expect(mails).toEqual([]);
  });
});
