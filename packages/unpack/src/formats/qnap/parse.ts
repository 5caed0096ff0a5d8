import { type Bytes, createSearch, cString, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'

/** How the gzip files of NAS begin once they are encrypted. */
export const NAS_MAGIC = '\xf5\x7b\x47\x03'
/** The footer's. */
const FOOTER_MAGIC = 'icpnas'
const FOOTER = 74
const search = createSearch([FOOTER_MAGIC])

/** Footer of QNAP's firmware, little endian; texts fill their places with zeros. */
export interface QnapFooter {
  /** So many bytes from the start are encrypted. */
  readonly encrypted: number
  readonly model: string
  readonly version: string
  readonly date: string
  readonly revision: string
  /** The model, but for NAS. */
  readonly key: string
  /** Where it stands, and where it ends. */
  readonly at: number
  readonly end: number
}

/** The part of the key of NAS that counts: the version behind it is one character too many for whole words. */
const NAS_KEY = 'QNAPNASVERSION'

/** The first footer behind `start` that fits; undefined where there is none. One pass over what follows. */
export function findFooter(bytes: Bytes, start: number): QnapFooter | undefined {
  if (start + FOOTER >= bytes.size) return undefined
  const ofNas = latin1(bytes.view(start, NAS_MAGIC.length)) === NAS_MAGIC
  let found: QnapFooter | undefined
  search(
    bytes,
    (_literal, at) => {
      found = parseFooter(bytes, start, at)
      return found === undefined
    },
    start,
  )
  return found && (ofNas ? { ...found, key: NAS_KEY } : found)
}

/** What is encrypted for routers begins with anything: the start of a stretch that ends with a footer. */
export function* startsByFooter(bytes: Bytes, { start, end }: Region): Generator<number> {
  const last = end - FOOTER
  if (last > start && latin1(bytes.view(last, FOOTER_MAGIC.length)) === FOOTER_MAGIC) yield start
}

function parseFooter(bytes: Bytes, start: number, at: number): QnapFooter | undefined {
  if (at + FOOTER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FOOTER), 'little', FOOTER_MAGIC.length)
  const encrypted = reader.u32()
  const [model, version, date, revision] = Array.from({ length: 4 }, () => cString(reader.take(16))) as [
    string,
    string,
    string,
    string,
  ]
  if (encrypted === 0 || encrypted > at - start) return undefined
  if (![model, version, date, revision].every((text) => /^[\x20-\x7e]*$/.test(text)) || model === '')
    return undefined
  return { encrypted, model, version, date, revision, key: model, at, end: at + FOOTER }
}
