import type { Bytes } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import { rockRidgeSkip } from '../iso9660/tree.ts'
import { readVolumes } from '../iso9660/volume.ts'
import { quietly } from '../telling.ts'
import { readLayout } from './layout.ts'
import { Volume } from './volume.ts'

/** Where a volume lies whose root can be read, and of whose files nothing else tells more. @throws BytesError */
export function udfRegion(bytes: Bytes, start: number): Region | undefined {
  const layout = readLayout(bytes, start)
  if (!layout || hasRockRidge(bytes, start)) return undefined
  const region = { start, end: Math.min(start + layout.blocks * layout.blockSize, bytes.size) }
  const volume = quietly(() => new Volume(bytes, region, layout))
  return volume?.describe(volume.root, '')?.type === 'directory' ? region : undefined
}

function hasRockRidge(bytes: Bytes, start: number): boolean {
  const primary = readVolumes(bytes, start)?.primary
  return primary !== undefined && rockRidgeSkip(bytes, { start }, primary) !== undefined
}
