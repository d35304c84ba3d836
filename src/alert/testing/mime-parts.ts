/** A part of a mail that is no multipart itself, read as RFC 2045 and 2046 say. */
export interface MimePart {
  readonly contentType: string;
  /** Null: it is no attachment. */
  readonly filename: string | null;
  readonly content: Buffer;
}

/** The parts of a mail as it arrived. */
export const mimeParts = (raw: string): readonly MimePart[] => {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map(
    raw
      .slice(0, end)
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = raw.slice(end + 4);
  const contentType = headers.get('content-type') ?? 'text/plain';
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary !== undefined) {
    const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
    return pieces.slice(1, -1).flatMap((piece) => mimeParts(piece.replace(/^\r\n/, '')));
  }
  const disposition = headers.get('content-disposition') ?? '';
  const filename = disposition.startsWith('attachment') ? (/filename="?([^";]+)"?/.exec(disposition)?.[1] ?? '') : null;
  return [{ contentType, filename, content: decoded(body, headers.get('content-transfer-encoding')) }];
};

const decoded = (body: string, encoding = '7bit'): Buffer => {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'utf8');
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
};

/** A mail as its reader has it: the attachments by name, and the words. */
export const readMail = (raw: string) => {
  const parts = mimeParts(raw);
  return {
    files: new Map(parts.flatMap(({ filename, content }) => (filename === null ? [] : [[filename, content] as const]))),
    text: parts[0]?.content.toString('utf8') ?? '',
  };
};
