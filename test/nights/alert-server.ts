import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const alertBody = z.object({
  id: z.string(),
  findings: z.array(
    z.object({
      key: z.string(),
      transition: z.string(),
      who: z.object({ arn: z.string() }),
      checkId: z.string(),
      by: z.object({ arn: z.string(), request: z.string() }).nullable(),
    }),
  ),
  notices: z.array(z.object({ kind: z.string(), text: z.string() })),
  gaps: z.array(z.object({ source: z.string() })),
  failure: z.string().nullable(),
});

/** A web server that takes alerts, a path a route. */
export const alertServer = async () => {
  let unreachable: readonly string[] = [];
  const taken: { route: string; alert: z.infer<typeof alertBody> }[] = [];
  const server = createServer((request, response) => {
    const route = (request.url ?? '').slice(1);
    void textOf(request).then((body) => {
      if (unreachable.includes(route)) {
        response.writeHead(503).end();
        return;
      }
      taken.push({ route, alert: alertBody.parse(JSON.parse(body)) });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    taken,
    setUnreachable: (routes: readonly string[]) => {
      unreachable = routes;
    },
  };
};
