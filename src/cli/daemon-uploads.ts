import type { UploadNews } from '../alert-content/alerts-of-uploads.ts';
import type { Config } from '../config/config.ts';
import { uploadConfigs } from './night-order.ts';
import { noticeTo } from './notice.ts';
import { systemClock } from './system-clock.ts';
import type { Terminal } from './terminal.ts';
import { type UploadedNights, uploadNights } from './upload-nights.ts';

/**
 * Begins to upload the reports that have not arrived and are due, unless it is still at it: a destination that does not answer takes
 * minutes, for which nothing else waits.
 */
export const daemonUploads = (
  config: () => Config,
  terminal: Pick<Terminal, 'say' | 'notice'>,
  {
    tell,
    upload = uploadNights,
  }: {
    readonly tell: (news: readonly UploadNews[]) => Promise<void>;
    readonly upload?: (...of: Parameters<typeof uploadNights>) => Promise<UploadedNights>;
  },
): (() => void) => {
  let isUploading = false;
  const uploadOnce = async (): Promise<void> => {
    try {
      for (const one of await uploadConfigs(config())) {
        const { news } = await upload(one, { clock: systemClock, terminal });
        if (news.length > 0) await tell(news);
      }
    } catch (error) {
      noticeTo(terminal, 'reports not uploaded')(error instanceof Error ? error.message : String(error));
    } finally {
      isUploading = false;
    }
  };
  return () => {
    if (isUploading) return;
    isUploading = true;
    void uploadOnce();
  };
};
