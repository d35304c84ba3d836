import { rcpServices } from '../../evaluate/rcp-services.ts';
import type { LocatedJson } from './located-json.ts';
import { type StatementNode, textsOf, type Validation } from './statement-node.ts';

/** Checks what the policies of organizations ask for beside the grammar of all. */
export const checkOrganizationPolicy = (statement: StatementNode, validation: Validation): void => {
  if (validation.policyType === 'SERVICE_CONTROL_POLICY') checkScp(statement, validation);
  if (validation.policyType === 'RESOURCE_CONTROL_POLICY') checkRcp(statement, validation);
};

const checkScp = ({ element }: StatementNode, { report }: Validation): void => {
  const principal = element('Principal') ?? element('NotPrincipal');
  if (principal !== undefined) report('SCP_SYNTAX_ERROR_PRINCIPAL', [principal]);
};

const checkRcp = ({ node, element, effect }: StatementNode, { report }: Validation): void => {
  const [principal, notPrincipal, resource] = [element('Principal'), element('NotPrincipal'), element('Resource')];
  if (notPrincipal !== undefined || !isStar(principal)) {
    report('RCP_SYNTAX_ERROR_PRINCIPAL', [notPrincipal ?? principal ?? node]);
  }
  const notAction = element('NotAction');
  if (notAction !== undefined) report('RCP_SYNTAX_ERROR_NOTACTION', [notAction]);
  if (effect === 'Allow' && (element('Condition') !== undefined || !isStar(resource))) {
    report('RCP_SYNTAX_ERROR_ALLOW', [element('Condition') ?? resource ?? node]);
  }
  for (const action of textsOf(element('Action'))) {
    const service = action.text.slice(0, Math.max(action.text.indexOf(':'), 0)).toLowerCase();
    // Only the policy that AWS attaches says `*`.
    const isAll = action.text === '*' && effect === 'Allow';
    if (!isAll && !rcpServices.has(service)) report('RCP_SYNTAX_ERROR_ACTION', [action]);
  }
};

const isStar = (value: LocatedJson | undefined): boolean =>
  (value?.kind === 'text' && value.text === '*') ||
  (value?.kind === 'list' && value.items.length === 1 && isStar(value.items[0]));
