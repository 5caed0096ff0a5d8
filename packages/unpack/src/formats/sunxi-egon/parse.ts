import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'

export const MAGIC = 'eGON.BT'
const MAGIC_AT = 4
const HEADER = 32
const MAX_LENGTH = 1024 * 1024
/** Stands for the checksum while it is computed. */
const STAMP = 0x5f0a6c39
const STEP = 256 * 1024

/** U-Boot, include/sunxi_image.h (`boot_file_head`): little endian. */
export interface SunxiEgon {
  /** 0 for what the ROM loads. */
  readonly stage: number
  readonly checksum: number
  /** Bytes, header included. */
  readonly length: number
}

export function parseSunxiEgon(bytes: Bytes, at: number): SunxiEgon | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little', MAGIC_AT)
  if (reader.latin1(7) !== MAGIC) return undefined
  const stage = reader.u8() - 0x30
  const [checksum, length] = [reader.u32(), reader.u32()]
  if (stage < 0 || stage > 1 || length < 512 || length > MAX_LENGTH || length % 4 !== 0) return undefined
  return { stage, checksum, length }
}

/** The sum of all words with the stamp instead of the checksum, which stands at 12. */
export function sunxiSum(bytes: Bytes, at: number, length: number, stated: number): number {
  let sum = (STAMP - stated) >>> 0
  forEachWindow(bytes, at, at + length, STEP, 0, (window) => {
    const reader = new Reader(window, 'little')
    while (reader.left >= 4) sum = (sum + reader.u32()) >>> 0
    return true
  })
  return sum
}
