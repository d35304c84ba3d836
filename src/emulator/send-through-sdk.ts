import type { AnswerToReplay } from '../analyze/prove-finding.ts';
import { SERVICE_ROWS } from './wire/service-rows.ts';

/** What the SDK signs with. */
export interface SdkCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where a request goes, and who signs it; null: nobody. */
export interface Sending {
  readonly endpoint: string;
  readonly credentials: SdkCredentials | null;
  readonly region: string;
}

/** Sends a request, named as an IAM action, with the SDK's client of its service. */
export const sendThroughSdk = async (
  action: string,
  input: unknown,
  { endpoint, credentials, region }: Sending,
): Promise<AnswerToReplay> => {
  const [service = '', operation = ''] = action.split(':');
  const exported = new Map<string, unknown>(Object.entries((await SERVICE_ROWS.get(service)?.load()) ?? {}));
  const clientName = [...exported.keys()].find((name) => /^[A-Z]\w*Client$/.test(name));
  const Client = exported.get(clientName ?? '');
  const Command = exported.get(`${operation}Command`);
  if (!isConstructor(Client) || !isConstructor(Command))
    return { kind: 'refused', code: 'InvalidAction', message: `the SDK has no ${action}` };
  const client = new Client({
    endpoint,
    region,
    maxAttempts: 1,
    credentials: credentials ?? { accessKeyId: 'anonymous', secretAccessKey: 'anonymous' },
  });
  if (!isSender(client)) return { kind: 'refused', code: 'InvalidAction', message: `the SDK has no ${action}` };
  try {
    const answer = await client.send(new Command(input));
    return { kind: 'done', answer: Object.fromEntries(Object.entries(answer)) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { kind: 'refused', code: error.name, message: error.message };
  }
};

const isConstructor = (value: unknown): value is new (given: unknown) => object => typeof value === 'function';

const isSender = (value: object): value is { send(command: object): Promise<object> } =>
  'send' in value && typeof value.send === 'function';
