import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import type { OwnWords } from '../report/own-words.ts';
import type { ReportTemplates } from '../report/report-templates.ts';
import { type ReportWording, vigilsWording } from './report-wording.ts';

/** The text of templates and words of one's own, as a pack keeps them; null: the reports have Vigil's. */
export const printWording = ({ templates, words }: ReportWording): string | null => {
  const vigils = vigilsWording();
  const names = Object.keys(vigils.templates).filter(isTemplate(vigils.templates));
  const own = names.filter((name) => templates[name] !== vigils.templates[name]);
  if (own.length === 0 && words.size === 0) return null;
  const changed = Object.fromEntries(own.map((name) => [name, templates[name]]));
  return `${JSON.stringify({ templates: changed, words: Object.fromEntries(words) })}\n`;
};

const isTemplate =
  (templates: ReportTemplates) =>
  (name: string): name is keyof ReportTemplates =>
    Object.hasOwn(templates, name);

const text = z.string();
const keptSchema = z.object({
  templates: z.record(text, text),
  words: z.record(
    text,
    z
      .object({ title: text, what: text, risk: text, remediation: z.array(text) })
      .partial() satisfies z.ZodType<OwnWords>,
  ),
});

/** Reads what a pack keeps of templates and words; null: the reports have Vigil's. */
export const parseWording = (kept: string | null): Result<ReportWording, string> => {
  const vigils = vigilsWording();
  if (kept === null) return ok(vigils);
  try {
    const { templates, words } = keptSchema.parse(JSON.parse(kept));
    // The script of the page is Vigil's own, whatever a pack says.
    const own = Object.entries(templates).filter(([name]) => isTemplate(vigils.templates)(name) && name !== 'script');
    return ok({
      templates: { ...vigils.templates, ...Object.fromEntries(own) },
      words: new Map(Object.entries(words)),
    });
  } catch {
    return err('the templates and words that were kept are not what Vigil writes');
  }
};
