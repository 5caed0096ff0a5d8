import type { Bytes } from '@messlatte/bytes'
import { BLOCK, blocksOf, isRar4 } from './blocks.ts'

/** Of the main header: it is a volume; of the end: another one follows. */
const [VOLUME, NEXT] = [1, 1]

/** Whether these bytes are one of several volumes, and whether another one follows; undefined where they are no volume. */
export function volumeOfRar4(bytes: Bytes): { readonly goesOn: boolean } | undefined {
  if (!isRar4(bytes, 0)) return undefined
  let goesOn = false
  let isVolume = false
  for (const { type, flags } of blocksOf(bytes, 0)) {
    if (type === BLOCK.main) isVolume = (flags & VOLUME) !== 0
    if (type === BLOCK.end) goesOn = (flags & NEXT) !== 0
  }
  return isVolume ? { goesOn } : undefined
}
