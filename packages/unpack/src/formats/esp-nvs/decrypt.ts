import { createDecipheriv } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { FormatError, type KeyMaterial, type Region } from '../../contract.ts'
import { copyStretch } from '../members.ts'
import { ENTRIES, ENTRY, FIRST_ENTRY, PAGE, parseNvsPage, readNvsEntries, SEED, stateOf } from './parse.ts'

/** Bytes: half of them encrypt, half of them make the tweaks. */
const KEY = 64
const ERASED = 3
/** Encrypted storage that is larger is told and left as it is, in bytes: each of its entries is deciphered alone. */
const MOST = 8 * 1024 * 1024

/** The key in a file of keys or in a partition for them, where its CRC holds, or a raw one. ESP-IDF documentation, NVS Encryption, "NVS Key Partition". */
export function nvsKeyIn(material: Uint8Array): Uint8Array | undefined {
  const key = material.subarray(0, KEY)
  if (material.length === KEY) return key
  if (material.length < KEY + 4) return undefined
  const sum = new DataView(material.buffer, material.byteOffset, material.length).getUint32(KEY, true)
  return sum === crc32(key, SEED) ? key : undefined
}

/**
 * Decrypts pages in place: each entry is XTS-AES-256 on its own, and its tweak is where it lies in the partition. Headers, states
 * and entries that are erased are not encrypted.
 */
export function decryptNvs(key: Uint8Array, pages: Uint8Array): void {
  const tweak = Buffer.alloc(16)
  for (let page = 0; page + PAGE <= pages.length; page += PAGE) {
    if (!parseNvsPage(memoryBytes(pages), page)) continue
    const view = pages.subarray(page, page + PAGE)
    for (let index = 0; index < ENTRIES; index++) {
      if (stateOf(view, index) === ERASED) continue
      const at = FIRST_ENTRY + index * ENTRY
      tweak.writeUInt32LE(page + at)
      const entry = view.subarray(at, at + ENTRY)
      entry.set(createDecipheriv('aes-256-xts', key, tweak).update(entry))
    }
  }
}

/** Whether the pages are encrypted, and this is their key. */
export function isNvsKey(key: Uint8Array, bytes: Bytes, { start, end }: Region): boolean {
  for (let at = start; at + PAGE <= Math.min(end, bytes.size); at += PAGE) {
    if (!parseNvsPage(bytes, at)) continue
    const { sound, damaged } = readNvsEntries(bytes, at)
    if (sound > 0) return false
    if (damaged === 0) continue
    const pages = Buffer.alloc(at - start + PAGE)
    bytes.copy(at, pages.subarray(at - start))
    decryptNvs(key, pages)
    return readNvsEntries(memoryBytes(pages), at - start).sound > 0
  }
  return false
}

/** The storage in the clear, where it is encrypted and a key fits; else as it is. @throws FormatError */
export function plainNvs(
  bytes: Bytes,
  region: Region,
  keys: readonly KeyMaterial[],
): { readonly bytes: Bytes; readonly region: Region } {
  const key = keys
    .map((one) => nvsKeyIn(one.bytes))
    .find((one) => one !== undefined && isNvsKey(one, bytes, region))
  if (!key) return { bytes, region }
  const size = region.end - region.start
  if (size > MOST) throw new FormatError('unsupported', `encrypted storage of ${size} bytes`)
  const pages = Buffer.alloc(size)
  copyStretch(bytes, region.start, pages)
  decryptNvs(key, pages)
  return { bytes: memoryBytes(pages), region: { start: 0, end: size } }
}
