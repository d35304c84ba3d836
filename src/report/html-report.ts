import Handlebars from 'handlebars';
import { COMPILE, printedFooter, printPage } from './print-page.ts';
import { PARTIALS, type ReportTemplates } from './report-templates.ts';
import type { ReportView } from './report-view.ts';
import { TemplateProblem, withPlace } from './template-problem.ts';

/** The HTML report: one page that needs no network. Throws when a template prints what the view does not have. */
export const htmlReport = (view: ReportView, { page, style, script, ...partials }: ReportTemplates): string => {
  const footer = printedFooter(view.subject, view.run.finishedAt.day);
  return printPage(view, { file: 'report.hbs', page, partials, style: `${style}${footer}`, script });
};

/** What is wrong with templates before anything is printed by them, a line each: `finding.hbs:3: what is wrong`. */
export const templateProblems = (templates: ReportTemplates): readonly string[] =>
  [...PARTIALS, 'page' as const].flatMap((name) => {
    const file = name === 'page' ? 'report.hbs' : `${name}.hbs`;
    try {
      // Parsed with its line breaks: the place is that of the file.
      withPlace(file, '', () => Handlebars.precompile(templates[name], COMPILE));
      return [];
    } catch (error) {
      if (error instanceof TemplateProblem) return [error.message];
      throw error;
    }
  });
