import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request that the server got. */
export interface ReceivedPut {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What goes wrong with a request: a status instead, the connection cut before or (`lost`) after it took effect, never an answer. */
export type Disturbance = number | 'cut' | 'lost' | 'hang' | null;

/** A server on this machine that speaks as much S3 as putting objects needs. `disturb` is told how many requests there were. */
export const bucketServer = async (disturb: (count: number, one: ReceivedPut) => Disturbance = () => null) => {
  const objects = new Map<string, ReceivedPut>();
  const received: ReceivedPut[] = [];
  const serve = (one: ReceivedPut, request: IncomingMessage, response: ServerResponse): void => {
    received.push(one);
    const disturbance = disturb(received.length, one);
    if (typeof disturbance === 'number') response.writeHead(disturbance).end();
    else if (disturbance === 'cut') request.socket.destroy();
    else if (disturbance !== 'hang') {
      answer(one, objects, response, () => (disturbance === 'lost' ? request.socket.destroy() : response.end()));
    }
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => serve(receivedOf(request, Buffer.concat(chunks)), request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, objects, received, close };
};

const receivedOf = ({ url = '', method = '', headers }: IncomingMessage, body: Buffer): ReceivedPut => ({
  method,
  path: url.split('?')[0] ?? '',
  headers,
  body,
});

const answer = (
  one: ReceivedPut,
  objects: Map<string, ReceivedPut>,
  response: ServerResponse,
  finish: () => void,
): void => {
  const present = objects.get(one.path);
  if (one.method === 'HEAD') {
    const sha256 = createHash('sha256')
      .update(present?.body ?? '')
      .digest('base64');
    response.writeHead(present ? 200 : 404, { 'x-amz-checksum-sha256': sha256 });
  } else if (present !== undefined && one.headers['if-none-match'] === '*') {
    response.writeHead(412);
  } else {
    objects.set(one.path, one);
    response.writeHead(200);
  }
  finish();
};
