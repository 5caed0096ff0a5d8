import { MAX_VIEW } from '@messlatte/bytes'
import type { Channel } from '../engine/channel.ts'
import type { Mapper } from '../engine/worker.ts'
import { type ListedEntry, listed } from './list.ts'

/** Sends every file with its content to the parent, which alone may write. */
export function extractMapper(channel: Channel): Mapper<readonly ListedEntry[]> {
  return {
    visitor: {
      visit(found) {
        if (found.type === 'region') return
        // What has regions inside is shown again, part by part; only what nothing opens is written as it is.
        const content = (found.type === 'file' && !found.covered) || found.type === 'unknown'
        channel.json('entry', { ...listed(found), content })
        if (content) {
          const { bytes } = found
          const step = MAX_VIEW / 4
          for (let at = 0; at < bytes.size; at += step)
            channel.bytes('content', bytes.view(at, Math.min(step, bytes.size - at)))
        }
        channel.json('end', null)
      },
    },
    take: () => undefined,
  }
}
