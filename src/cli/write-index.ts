import { type Manifest, parseManifest } from '../evidence/manifest.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { replaceOne } from '../publish/replace-one.ts';
import { indexPage, toIndexTemplates } from '../report/index-page.ts';
import { indexView, type UnreadNight } from '../report/index-view.ts';
import { nightsIn } from './pack-files.ts';
import { packageFile } from './package-files.ts';

/** The page over all nights of a directory of reports. */
export const INDEX_FILE = 'index.html';

/** The most nights that the page tells of: a year of them, and some. */
const MOST_NIGHTS = 400;

/** Makes the page over all nights anew from their manifests. The error is one line. */
export const writeIndex = async (reports: string): Promise<Result<void, string>> => {
  const text = await indexText(reports, null);
  return text.ok ? replaceOne(reports, INDEX_FILE, text.value) : text;
};

/**
 * The page over all nights, or over those that are in some place, by run where each lies from the page; of those that are there and
 * not here any more it tells how many there are.
 */
export const indexText = async (
  reports: string,
  places: ReadonlyMap<string, string> | null,
): Promise<Result<string, string>> => {
  const listed = await nightsIn(reports, MOST_NIGHTS);
  if (!listed.ok) return listed;
  const nights: (Manifest & { readonly directory: string })[] = [];
  const unread: UnreadNight[] = [];
  for (const { name, manifest } of listed.value.nights) {
    const directory = places === null ? name : places.get(name);
    if (directory === undefined) continue;
    const parsed = manifest === null ? err('has no manifest') : parseManifest(Buffer.from(manifest).toString('utf8'));
    if (!parsed.ok) unread.push({ directory, why: manifest === null ? parsed.error : `manifest.json ${parsed.error}` });
    else if (parsed.value.run.id !== name) unread.push({ directory, why: `is of the night ${parsed.value.run.id}` });
    else nights.push({ ...parsed.value, directory });
  }
  const templates = toIndexTemplates((file) => packageFile(`templates/${file}`));
  const omitted = places === null ? listed.value.omitted : places.size - nights.length - unread.length;
  return ok(indexPage(indexView(nights, { unread, omitted }), templates));
};
