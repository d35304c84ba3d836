import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readTextFile } from '../collect/read-text-file.ts';
import type { Config } from '../config/config.ts';
import { nearestText } from '../kernel/nearest-text.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { templateProblems } from '../report/html-report.ts';
import { type OwnWords, parseOwnWords } from '../report/own-words.ts';
import { endsElementEarly } from '../report/print-page.ts';
import { REPLACEABLE_FILES, type ReportTemplates, toReportTemplates } from '../report/report-templates.ts';
import { checkIds } from './audit-settings.ts';
import { packageFile } from './package-files.ts';

/** How reports look, and the words that checks are told in where they are somebody's own. */
export interface ReportWording {
  readonly templates: ReportTemplates;
  readonly words: ReadonlyMap<string, OwnWords>;
}

const templateOf = (file: string): string => packageFile(`templates/${file}`);

/** Reports as Vigil has them. */
export const vigilsWording = (): ReportWording => ({ templates: toReportTemplates(templateOf), words: new Map() });

/** Reports as the configuration has them; the errors name the file and the line. */
export const reportWording = async ({
  templates: directory,
  texts: file,
}: Pick<Config['report'], 'templates' | 'texts'>): Promise<Result<ReportWording, readonly string[]>> => {
  const templates = directory === undefined ? ok(vigilsWording().templates) : await ownTemplates(directory);
  const words = file === undefined ? ok(new Map<string, OwnWords>()) : await ownWords(file);
  if (templates.ok && words.ok) return ok({ templates: templates.value, words: words.value });
  return err([...(templates.ok ? [] : templates.error), ...(words.ok ? [] : words.error)]);
};

const ownWords = async (file: string): Promise<Result<ReadonlyMap<string, OwnWords>, readonly string[]>> => {
  const text = await readTextFile(file);
  return text.ok ? parseOwnWords(file, text.value, checkIds()) : err([text.error.message]);
};

const ownTemplates = async (directory: string): Promise<Result<ReportTemplates, readonly string[]>> => {
  const names = await namesIn(directory);
  if (!names.ok) return names;
  const strange = names.value.filter((name) => !REPLACEABLE_FILES.includes(name));
  if (strange.length > 0) return err(strange.map((name) => `${join(directory, name)}: ${strangerText(name)}`));
  const texts = await Promise.all(
    names.value.map(async (name) => [name, await readTextFile(join(directory, name))] as const),
  );
  const unreadable = texts.flatMap(([, text]) => (text.ok ? [] : [text.error.message]));
  if (unreadable.length > 0) return err(unreadable);
  const own = new Map(texts.flatMap(([name, text]) => (text.ok ? [[name, text.value] as const] : [])));
  const templates = toReportTemplates((name) => own.get(name) ?? templateOf(name));
  const problems = [
    ...templateProblems(templates).map((problem) => join(directory, problem)),
    ...[...own].flatMap(([name, text]) =>
      name.endsWith('.css') && endsElementEarly(text)
        ? [`${join(directory, name)}: holds text that would end the page’s style early`]
        : [],
    ),
  ];
  return problems.length > 0 ? err(problems) : ok(templates);
};

const namesIn = async (directory: string): Promise<Result<readonly string[], readonly string[]>> => {
  try {
    const names = await readdir(directory, { recursive: true });
    return ok(names.filter((name) => /\.(hbs|css|js)$/.test(name)).sort());
  } catch (error) {
    return err([`${directory}: ${error instanceof Error ? error.message : 'cannot be read'}`]);
  }
};

const strangerText = (name: string): string => {
  if (name.endsWith('.js')) return 'the script of the page is Vigil’s own';
  const near = nearestText(name, REPLACEABLE_FILES);
  return `is no template of a report${near === null ? `; these are: ${REPLACEABLE_FILES.join(', ')}` : `; did you mean \`${near}\`?`}`;
};
