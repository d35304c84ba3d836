import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAccountAccess } from '../../src/access/account-access.ts';
import { createDocumentCompiler, type DocumentCompiler } from '../../src/cli/decide-documents.ts';
import { decideLine } from '../../src/cli/decide-line.ts';
import { createPolicyInterner } from '../../src/policy/policy-interner.ts';
import { loadServiceReference } from '../../src/reference/service-reference.ts';
import { assembleSnapshot } from '../../src/snapshot/assemble-snapshot.ts';
import type { NaivePolicy, NaiveRequest } from '../naive/naive-request.ts';
import { comparedAccount, comparedRequests } from './compared-requests.ts';
import { medianCpuMs, perSecond, print } from './measure.ts';

const PACKAGE = '@cloud-copilot/iam-simulate';

/**
 * Has the same requests decided by the npm package `@cloud-copilot/iam-simulate`, which is installed for the occasion: its
 * licence, the AGPL, keeps it from being a dependency. Both get the documents as JSON with each request.
 */
export const compareWithSimulate = async (): Promise<void> => {
  const directory = mkdtempSync(join(tmpdir(), 'vigil-bench-'));
  try {
    const args = ['install', '--prefix', directory, '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const { status } = spawnSync('npm', [...args, PACKAGE], { stdio: 'ignore', timeout: 180_000 });
    if (status === 0) await compare(await loadSimulate(directory));
    else print(`the comparison with ${PACKAGE}`, 'npm out of reach');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
};

/** That package, as far as it is used here. */
interface Simulator {
  readonly runUnsafeSimulation: (simulation: object, options: object) => unknown;
}

const loadSimulate = async (directory: string): Promise<Simulate> => {
  const entry = createRequire(join(directory, 'index.js')).resolve(PACKAGE);
  const { runUnsafeSimulation }: Simulator = await import(pathToFileURL(entry).href);
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(directory, 'node_modules', PACKAGE, 'package.json'), 'utf8'),
  );
  return { version, simulate: (simulation) => runUnsafeSimulation(simulation, {}) };
};

interface Simulate {
  readonly version: string;
  readonly simulate: (simulation: object) => unknown;
}

const compare = async ({ version, simulate }: Simulate): Promise<void> => {
  const requests = comparedRequests();
  const simulations = requests.map(toSimulation);
  const lines = requests.map((request) => JSON.stringify(request));
  const decideAll = (compile: DocumentCompiler) => lines.map((line) => decideLine(line, compile).decision);
  const theirs = simulations.map(simulate);
  const ours = decideAll(createDocumentCompiler());
  const different = requests.filter((_, index) => ours[index] !== theirs[index]);
  const row = (what: string, work: () => unknown): void =>
    print(what, perSecond(requests.length, medianCpuMs(work, 3)));

  console.log(`\n${requests.length} requests with their documents`);
  row(`${PACKAGE} ${version}`, () => simulations.map(simulate));
  row('canPerform of the account that they are made in', await accountQuestions(requests));
  row('vigil decide, every document parsed every time', () => decideAll(createDocumentCompiler(0)));
  row('vigil decide', () => decideAll(createDocumentCompiler()));
  // Theirs lets an Allow on one resource stand for actions that take none; see `matchPattern` for what AWS says.
  const withoutResource = different.filter(({ request }) => request.resource === '*').length;
  print('decided differently; of them, requests without a resource', `${different.length}; ${withoutResource}`);
};

/** Asks the account that the requests are made in. */
const accountQuestions = async (requests: readonly NaiveRequest[]): Promise<() => unknown> => {
  const assembled = assembleSnapshot(comparedAccount(), createPolicyInterner());
  if (!assembled.ok) throw new Error(assembled.error[0]?.message);
  const access = createAccountAccess(assembled.value, await loadServiceReference());
  const { users, roles } = assembled.value;
  const questions = requests.flatMap(({ request }) => {
    const [, name] = request.principalArn.split('/');
    const principal =
      users.find(({ userName }) => userName === name) ?? roles.find(({ roleName }) => roleName === name);
    const absent = { 'aws:MultiFactorAuthPresent': null, 'aws:ResourceTag/owner': null, 'aws:TokenIssueTime': null };
    return principal === undefined ? [] : [{ ...request, principal, context: { ...absent, ...request.context } }];
  });
  return () =>
    questions.map(({ principal, action, resource, context }) =>
      access.canPerform(principal, action, resource, context),
    );
};

/** A request of `vigil decide` as that package takes it. */
const toSimulation = ({ request, ...policies }: NaiveRequest): object => {
  const named = (some: readonly NaivePolicy[]) => some.map(({ name, document }) => ({ name, policy: document }));
  const { identityPolicies = [], groupPolicies = [], permissionBoundaries } = policies;
  return {
    request: {
      principal: request.principalArn,
      action: request.action,
      resource: { resource: request.resource, accountId: request.resourceAccount },
      contextVariables: Object.fromEntries(
        Object.entries(request.context ?? {}).map(([key, values]) => [key, values.length === 1 ? values[0] : values]),
      ),
    },
    identityPolicies: named([...identityPolicies, ...groupPolicies]),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    permissionBoundaryPolicies: permissionBoundaries && named(permissionBoundaries),
  };
};
