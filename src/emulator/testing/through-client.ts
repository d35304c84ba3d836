import type { HttpAnswer } from '../wire/http-answer.ts';
import type { HttpRequest } from '../wire/http-request.ts';
import { SERVICE_ROWS } from '../wire/service-rows.ts';

/** A request as the SDK hands it to what sends it. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

type SdkClient = new (config: object) => { send(command: unknown): Promise<object> };

/** Sends a command of the real SDK client of a service; `serve` stands for the server. Gives the output of the command. */
export const throughClient = async (
  service: string,
  action: string,
  input: Readonly<Record<string, unknown>>,
  serve: (request: HttpRequest) => Promise<HttpAnswer>,
  accessKeyId = 'AKIA',
): Promise<Record<string, unknown>> => {
  const sdk = (await SERVICE_ROWS.get(service)?.load()) as Record<string, unknown>;
  const Client = Object.entries(sdk).find(([name]) => /^[A-Z]\w*Client$/.test(name))?.[1] as SdkClient;
  const Command = sdk[`${action}Command`] as new (input: unknown) => unknown;
  const client = new Client({
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:4599',
    credentials: { accessKeyId, secretAccessKey: 'x' },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: SdkRequest) => ({ response: toResponse(await serve(toRequest(request))) }),
    },
  });
  const { $metadata, ...output } = (await client.send(new Command(input))) as Record<string, unknown>;
  return output;
};

const toRequest = ({ method, path, query, headers, body = '' }: SdkRequest): HttpRequest => {
  const rawBody = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  return {
    method,
    path,
    query: new URLSearchParams(
      Object.entries(query).flatMap(([name, values]) =>
        [values ?? ''].flat().map((value): [string, string] => [name, value]),
      ),
    ).toString(),
    headers,
    contentType: headers['content-type'] ?? '',
    authorization: headers['authorization'] ?? '',
    body: Buffer.from(rawBody).toString('utf8'),
    rawBody,
  };
};

const toResponse = ({ status, contentType, headers, body }: HttpAnswer) => ({
  statusCode: status,
  headers: { 'content-type': contentType, ...headers },
  body: new TextEncoder().encode(body),
});
