import { type Bytes, Reader } from '@messlatte/bytes'
import type { SilabsTag } from '@messlatte/unpack'
import type { ApplicationFact } from './facts.ts'
import { hexAt, sha256Of } from './file.ts'

/** Where an application's vector table points to what it says of itself. */
const PROPERTIES_POINTER = 52
const MAGIC = '13b779fac925ddb7adf3cfe0f1b614b8'
/** Bytes of the properties that are read here: magic, version of the structure, kind and place of the signature, type, version. */
const PROPERTIES = 36
const CHECKS: Readonly<Record<number, ApplicationFact['check']>> = { 0: 'none', 1: 'ecdsa-p256', 2: 'crc32' }

/** What the application says whose program the tag has in the clear: an address, then the bytes that go there. */
export function readApplication(bytes: Bytes, tag: SilabsTag | undefined): ApplicationFact | undefined {
  if (!tag || tag.length < 4 + PROPERTIES_POINTER + 4) return undefined
  const start = tag.at + 4
  const size = tag.length - 4
  const number = (at: number) => new Reader(bytes.view(at, 4), 'little').u32()
  const address = number(tag.at)
  const at = number(start + PROPERTIES_POINTER) - address
  if (at < 0 || at + PROPERTIES > size || hexAt(bytes, start + at, 16) !== MAGIC) return undefined
  const reader = new Reader(bytes.view(start + at, PROPERTIES), 'little', 20)
  const check = CHECKS[reader.u32()] ?? 'other'
  const end = reader.u32() - address
  reader.skip(4)
  const version = reader.u32()
  const inside = check === 'ecdsa-p256' && end > 0 && end + 64 <= size
  return {
    version,
    check,
    signed: inside
      ? {
          signature: hexAt(bytes, start + end, 64),
          digest: sha256Of(bytes, start, start + end),
          offset: start + end,
        }
      : undefined,
  }
}
