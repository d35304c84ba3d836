import Handlebars from 'handlebars';
import type { AccountRiskRow } from './organization-accounts-view.ts';
import type { OrganizationView } from './organization-view.ts';
import { foldedHolder, PAGE_HELPERS, type PageFiles, registerPageHelpers } from './page-parts.ts';
import type { ReportTemplates } from './report-templates.ts';
import { squeezed } from './template-problem.ts';

/** The texts of `templates/` that the page about an organization is made of. */
export interface OrganizationTemplates extends PageFiles {
  readonly page: string;
  readonly partials: Readonly<Record<(typeof PARTIALS)[number], string>>;
}

const PARTIALS = ['prose', 'actor', 'account-names', 'organization-account', 'shared-findings'] as const;

/**
 * Gathers them by a function that gives the text of a file below `templates/`; the page dresses and behaves as the report of an
 * account does.
 */
export const toOrganizationTemplates = (
  { prose, actor, style, script }: ReportTemplates,
  textOf: (path: string) => string,
): OrganizationTemplates => ({
  page: textOf('organization.hbs'),
  partials: {
    prose,
    actor,
    'account-names': textOf('account-names.hbs'),
    'organization-account': textOf('organization-account.hbs'),
    'shared-findings': textOf('shared-findings.hbs'),
  },
  style: style + textOf('style/organization.css'),
  script,
});

/** The page about an organization: needs no network, runs its own script alone, every text of the view escaped. */
export const organizationPage = (view: OrganizationView, templates: OrganizationTemplates): string => {
  const handlebars = Handlebars.create();
  for (const name of PARTIALS) handlebars.registerPartial(name, squeezed(templates.partials[name]));
  registerPageHelpers(handlebars, templates);
  const row = handlebars.compile<AccountRiskRow>('{{> organization-account this}}', COMPILE);
  handlebars.registerHelper('foldedAccounts', () => foldedHolder(view.accounts.rest.map((item) => row(item, RUN))));
  return handlebars.compile<OrganizationView>(templates.page, COMPILE)(view, RUN);
};

const RUN: Handlebars.RuntimeOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false };

const COMPILE: CompileOptions = {
  strict: true,
  preventIndent: true,
  knownHelpersOnly: true,
  knownHelpers: { ...PAGE_HELPERS, foldedAccounts: true },
};
