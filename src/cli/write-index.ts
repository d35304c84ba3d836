import { type Manifest, parseManifest } from '../evidence/manifest.ts';
import { err, type Result } from '../kernel/result.ts';
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
  const listed = await nightsIn(reports, MOST_NIGHTS);
  if (!listed.ok) return err(listed.error);
  const nights: Manifest[] = [];
  const unread: UnreadNight[] = [];
  for (const { name, manifest } of listed.value.nights) {
    const parsed = manifest === null ? err('has no manifest') : parseManifest(Buffer.from(manifest).toString('utf8'));
    if (!parsed.ok)
      unread.push({ directory: name, why: manifest === null ? parsed.error : `manifest.json ${parsed.error}` });
    else if (parsed.value.run.id !== name)
      unread.push({ directory: name, why: `is of the night ${parsed.value.run.id}` });
    else nights.push(parsed.value);
  }
  const templates = toIndexTemplates((file) => packageFile(`templates/${file}`));
  const view = indexView(nights, { unread, omitted: listed.value.omitted });
  return replaceOne(reports, INDEX_FILE, indexPage(view, templates));
};
