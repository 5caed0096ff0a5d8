import { Reader } from '@messlatte/bytes'
import type { Item } from './volume.ts'

/** A part of a file: in the tree itself, or elsewhere, or a hole. */
export interface Extent {
  /** Within the file, in bytes. */
  readonly at: number
  readonly length: number
  /** What stands in the tree. */
  readonly inline: Uint8Array | undefined
  /** Logical address; 0 for a hole. */
  readonly disk: number
  readonly diskLength: number
  /** Bytes before the part in what is stored, after it is unpacked, and of all of that. */
  readonly skip: number
  readonly unpacked: number
  readonly compression: number
  readonly isEncrypted: boolean
}

const KIND = { inline: 0, regular: 1, kept: 2 } as const
const INLINE_AT = 21
const SIZE = 53

/** @returns undefined for a hole, what is only kept for later, and what is none */
export function parseExtent({ offset, data }: Item): Extent | undefined {
  if (data.length < INLINE_AT) return undefined
  const unpacked = new Reader(data, 'little', 8).size64()
  const [compression = 0, encryption = 0] = data.subarray(16, 18)
  const common = { at: offset, unpacked, compression, isEncrypted: encryption !== 0 }
  if (data[20] === KIND.inline) {
    const inline = data.subarray(INLINE_AT)
    const length = compression === 0 ? inline.length : unpacked
    return { ...common, length, inline, disk: 0, diskLength: 0, skip: 0 }
  }
  if (data[20] !== KIND.regular || data.length < SIZE) return undefined
  const reader = new Reader(data, 'little', INLINE_AT)
  const [disk, diskLength, skip, length] = [
    reader.size64(),
    reader.size64(),
    reader.size64(),
    reader.size64(),
  ]
  return disk === 0 ? undefined : { ...common, length, inline: undefined, disk, diskLength, skip }
}
