import type { OrganizationView } from './organization-view.ts';
import { type PageTemplates, printedFooter, printPage } from './print-page.ts';
import type { ReportTemplates } from './report-templates.ts';

/**
 * Gathers the templates of the page about an organization by a function that gives the text of a file below `templates/`; the page
 * dresses and behaves as the report of an account does.
 */
export const toOrganizationTemplates = (
  { prose, actor, style, script }: ReportTemplates,
  textOf: (path: string) => string,
): PageTemplates => ({
  file: 'organization.hbs',
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

/** The page about an organization. Throws when a template prints what the view does not have. */
export const organizationPage = (view: OrganizationView, templates: PageTemplates): string => {
  const footer = printedFooter(view.subject, view.finishedAt.day);
  return printPage(view, { ...templates, style: `${templates.style}${footer}` });
};
