import { type FindingProof, type ProvableFinding, provableFindings } from '../analyze/prove-finding.ts';
import type { TranscriptEntry } from '../finding/check-result.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { commandLines } from './prove-commands-text.ts';
import type { ProveOptions } from './prove-options.ts';
import { type QuestionAccount, questionAccounts } from './question-accounts.ts';
import { refuse } from './refuse.ts';
import { printable, type Terminal } from './terminal.ts';

/** Replays the path of a finding, and prints the requests. */
export const runProveCommand = async (key: string, options: ProveOptions, terminal: Terminal): Promise<ExitCode> => {
  const { endpointUrl } = options;
  if (endpointUrl !== undefined && !isLoopback(endpointUrl)) {
    const problem = `\`${endpointUrl}\` is no endpoint on this machine; requests are run against a \`vigil emulate\` on 127.0.0.1, ::1 or localhost only`;
    return refuse(terminal, [problem], EXIT.usage);
  }
  const accounts = await questionAccounts(inputsOf(options), terminal);
  if (!accounts.ok) return refuse(terminal, accounts.error.problems, accounts.error.exitCode);
  const found = oneFinding(accounts.value, key);
  if (!found.ok) return refuse(terminal, [found.error], EXIT.usage);
  const proof = await proofOf(found.value, endpointUrl);
  if (options.json) terminal.print(JSON.stringify(proofData(found.value, proof)));
  else if (options.commands) {
    for (const line of commandLines(proof.transcript, endpointUrl ?? DEFAULT_ENDPOINT)) terminal.print(line);
  } else for (const line of proofLines(found.value, proof)) terminal.print(printable(line));
  return EXIT.done;
};

const DEFAULT_ENDPOINT = 'http://127.0.0.1:4599';

/** Beside a saved or emulated account the endpoint is where the path is replayed, not what is read. */
const inputsOf = ({ endpointUrl, ...options }: ProveOptions): ProveOptions => {
  const saved = options.from ?? options.authorizationDetails ?? options.emulated;
  return saved !== undefined || endpointUrl === undefined ? options : { ...options, endpointUrl };
};

const isLoopback = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'http:' && (/^127(?:\.\d{1,3}){3}$/.test(hostname) || ['localhost', '[::1]'].includes(hostname));
};

const oneFinding = (accounts: readonly QuestionAccount[], key: string): Result<ProvableFinding, string> => {
  const all = accounts.flatMap((account) => provableFindings(account.snapshot, account));
  const meant = all.filter((finding) => finding.key.startsWith(key));
  const exact = meant.find((finding) => finding.key === key) ?? (meant.length === 1 ? meant[0] : undefined);
  if (exact !== undefined) return ok(exact);
  if (meant.length === 0)
    return err(`no finding of principal-can-become-administrator has a key that begins with \`${key}\``);
  return err(`\`${key}\` begins the keys of ${meant.length} findings; give one of ${someOf(meant)}`);
};

const someOf = (findings: readonly ProvableFinding[]): string =>
  [...findings.slice(0, 5).map(({ key }) => key), ...(findings.length > 5 ? ['…'] : [])].join(', ');

const proofOf = async (finding: ProvableFinding, endpoint: string | undefined): Promise<FindingProof> => {
  if (endpoint === undefined) return finding.prove();
  const { proveOverHttp } = await import('./prove-over-http.ts');
  return proveOverHttp(finding, endpoint);
};

/** A path that hangs on something is conditional whatever its replay shows. */
const labelOf = ({ conditional }: ProvableFinding, { kind }: FindingProof): string =>
  kind === 'refused' || kind === 'not-replayed' ? kind : conditional ? 'conditional' : kind;

const proofData = (finding: ProvableFinding, proof: FindingProof) => ({
  key: finding.key,
  subject: finding.subject,
  proof: labelOf(finding, proof),
  reason: proof.reason,
  steps: finding.steps.map(({ method, from, to }) => ({ method, from, to })),
  transcript: proof.transcript,
});

const proofLines = (finding: ProvableFinding, proof: FindingProof): readonly string[] => [
  `${finding.subject} becomes administrator: ${labelOf(finding, proof)}`,
  ...(proof.reason === null ? [] : [`  ${proof.reason}`]),
  'before',
  ...entriesOf(proof, (entry, at) => entry.step === null && at === 0),
  ...finding.steps.flatMap((step, index) => [
    `step ${index + 1}: ${step.title} (${step.method})`,
    ...entriesOf(proof, (entry) => entry.step === index),
  ]),
  'in the end',
  ...entriesOf(proof, (entry, at) => entry.step === null && at > 0),
];

const entriesOf = (
  { transcript }: FindingProof,
  belongs: (entry: TranscriptEntry, at: number) => boolean,
): readonly string[] => transcript.filter(belongs).flatMap(entryLines);

const entryLines = ({ caller, action, resource, parameters, outcome, code, message }: TranscriptEntry) => [
  `  ${caller}`,
  `    ${action} ${resource} ${JSON.stringify(parameters)}`,
  `    ${outcome}${code === undefined ? '' : `: ${code}: ${message}`}`,
];
