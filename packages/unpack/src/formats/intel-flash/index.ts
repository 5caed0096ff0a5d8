import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { isFilled } from '../filled.ts'
import { announced, type StoredMember, storedAsIs } from '../members.ts'
import { type FlashRegion, MAGIC, MAGIC_AT, parseFlashDescriptor } from './parse.ts'

export const intelFlash: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'intel-flash',
  title: 'Intel flash descriptor (SPI image of a PC)',
  references: [
    'Intel 500 Series Chipset Family PCH datasheet, SPI flash descriptor',
    'coreboot, util/ifdtool',
    'flashrom, ich_descriptors.h',
  ],
  limits: [
    'descriptors of ICH8, which begin with their signature, are not recognised',
    'what the Management Engine keeps in its region is not read, nor who may write which region',
  ],
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const regions = parseFlashDescriptor(bytes, at)
    return regions && { start: at, end: Math.min(at + endOf(regions), bytes.size) }
  },

  ...storedAsIs(membersOf),
}

function endOf(regions: readonly FlashRegion[]): number {
  return Math.max(...regions.map(({ end }) => end))
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<StoredMember> {
  const regions = parseFlashDescriptor(bytes, region.start) as readonly FlashRegion[]
  const size = endOf(regions)
  if (region.start + size > region.end)
    problem('truncated', `${size} bytes are announced, ${region.end - region.start} are there`)
  let done = 0
  for (const { name, start, end } of regions) {
    if (start < done) problem('structure', 'it shares bytes with another region', name)
    if (start > done) yield* unclaimed(bytes, region, done, start, problem)
    yield announced(bytes, name, { at: region.start + start, length: end - start }, problem)
    done = Math.max(done, end)
  }
}

/** What lies between regions and is not empty flash. */
function* unclaimed(
  bytes: Bytes,
  region: Region,
  from: number,
  to: number,
  problem: Sink['problem'],
): Generator<StoredMember> {
  const at = region.start + from
  if (isFilled(bytes, at, Math.min(region.start + to, region.end), 0xff)) return
  yield announced(bytes, `unclaimed-0x${from.toString(16)}`, { at, length: to - from }, problem)
}
