import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Secret } from '../kernel/secret.ts';
import { refusalOf } from './access.ts';
import type { Listening } from './control-server.ts';
import { openReport, type ReportedRun, reportedRuns } from './report-files.ts';

/** What the web server shows. */
export interface Shown {
  /** Whether runs are begun: not before the daemon has started nor once it is told to stop. */
  isReady(): boolean;
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>;
  /** Where reports are. */
  reports(): string;
}

/** Where the web server listens, and what who asks must know; a null token is for loopback alone. */
export interface Door {
  readonly host: string;
  readonly port: number;
  readonly token: Secret | null;
}

/**
 * Serves, to read only, `/healthz` and `/readyz` to everybody, `/metrics` and `/reports/` to those who may. The error is one line.
 */
export const openSideDoor = async (
  { host, port, token }: Door,
  shown: Shown,
): Promise<Result<Listening & { readonly port: number }, string>> => {
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    setSafetyHeaders(response);
    answer(request, response, { token, shown }).catch(() => {
      if (response.headersSent) response.destroy();
      else say(response, 500, 'something broke\n');
    });
  });
  server.maxConnections = 100;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port }, resolve);
    });
  } catch (error) {
    return err(
      `http: cannot listen at \`${host}\` port ${port}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const address = server.address();
  return ok({
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
};

// A report says itself, by a policy of its own, which of its scripts run; both policies count.
const REPORT_POLICY =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const PAGE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const setSafetyHeaders = (response: ServerResponse): void => {
  response.setHeader('content-security-policy', PAGE_POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.setHeader('cross-origin-resource-policy', 'same-origin');
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cache-control', 'no-store');
};

const say = (
  response: ServerResponse,
  status: number,
  text: string,
  contentType = 'text/plain; charset=utf-8',
): void => {
  response.writeHead(status, { 'content-type': contentType }).end(text);
};

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  { token, shown }: { readonly token: Secret | null; readonly shown: Shown },
): Promise<void> => {
  const [path = ''] = (request.url ?? '').split('?', 1);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return say(response, 405, 'only to read\n');
  }
  if (path === '/healthz') return say(response, 200, 'alive\n');
  if (path === '/readyz') return shown.isReady() ? say(response, 200, 'ready\n') : say(response, 503, 'not ready\n');
  const refusal = refusalOf(request.headers, token);
  if (refusal === 'unauthorized') {
    response.setHeader('www-authenticate', 'Basic realm="vigil", charset="UTF-8"');
    return say(response, 401, 'a token is needed\n');
  }
  if (refusal === 'forbidden') return say(response, 403, 'ask for this machine by its own name: localhost\n');
  if (path === '/metrics') {
    const { text, contentType } = await shown.metrics();
    return say(response, 200, text, contentType);
  }
  if (path === '/' || path === '/reports') {
    response.setHeader('location', '/reports/');
    return say(response, 302, '');
  }
  if (path === '/reports/')
    return say(response, 200, indexPage(await reportedRuns(shown.reports())), 'text/html; charset=utf-8');
  return showReport(request, response, { path, directory: shown.reports() });
};

const showReport = async (
  { method }: IncomingMessage,
  response: ServerResponse,
  { path, directory }: { readonly path: string; readonly directory: string },
): Promise<void> => {
  const below = path.slice('/reports/'.length);
  const report = path.startsWith('/reports/') ? await openReport(directory, below) : null;
  if (report === null) return say(response, 404, 'there is no such page\n');
  const { file, size, contentType, isShown } = report;
  if (isShown) response.setHeader('content-security-policy', REPORT_POLICY);
  else response.setHeader('content-disposition', `attachment; filename="${below.split('/').slice(-2).join('-')}"`);
  response.writeHead(200, { 'content-type': contentType, 'content-length': size });
  try {
    // So many bytes as were promised: a report that is replaced meanwhile is another file.
    if (method === 'HEAD' || size === 0) response.end();
    else await pipeline(file.createReadStream({ end: size - 1 }), response);
  } finally {
    await file.close();
  }
};

/** The reports there are. Names of runs and files are Vigil's own, and need no escaping. */
const indexPage = (runs: readonly ReportedRun[]): string => {
  const rows = runs.map(({ run, files }) => {
    const links = files.map((file) => `<a href="${run}/${file}">${file}</a>`).join(' ');
    return `<tr><th scope="row">${run}</th><td>${links}</td></tr>\n`;
  });
  const table = `<table>\n<caption>Audits, the latest first</caption>\n${rows.join('')}</table>`;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Vigil: reports</title></head>
<body>
<h1>Reports</h1>
${runs.length === 0 ? '<p>There is none yet.</p>' : table}
</body>
</html>
`;
};
