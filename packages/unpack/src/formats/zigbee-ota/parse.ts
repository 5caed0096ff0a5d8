import { type Bytes, cString, Reader } from '@messlatte/bytes'

export const MAGIC = '\x1e\xf1\xee\x0b'
const HEADER_VERSION = 0x0100
const LEAST_HEADER = 56
/** Bytes of an element's tag and length. */
export const ELEMENT_HEADER = 6

/** Zigbee Cluster Library Specification, section 11.4.2: little endian. */
export interface ZigbeeOtaHeader {
  readonly headerBytes: number
  readonly manufacturer: number
  readonly imageType: number
  readonly fileVersion: number
  /** Byte string. */
  readonly title: string
  /** Bytes of the whole file. */
  readonly size: number
  readonly securityCredential?: number
  /** Byte string of hex digits: the address of the only device that it is for. */
  readonly destination?: string
  readonly hardware?: { readonly least: number; readonly most: number }
}

/** The header at `at`, or undefined: optional fields have to make up its length. */
export function parseZigbeeOta(bytes: Bytes, at: number): ZigbeeOtaHeader | undefined {
  if (at + LEAST_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, Math.min(LEAST_HEADER + 13, bytes.size - at)), 'little')
  if (reader.latin1(4) !== MAGIC || reader.u16() !== HEADER_VERSION) return undefined
  const [headerBytes, control] = [reader.u16(), reader.u16()]
  const [manufacturer, imageType, fileVersion] = [reader.u16(), reader.u16(), reader.u32()]
  reader.skip(2)
  const [title, size] = [cString(reader.take(32)), reader.u32()]
  const optional = (control & 1) + (control & 2 ? 8 : 0) + (control & 4 ? 4 : 0)
  if (control > 7 || headerBytes !== LEAST_HEADER + optional || size < headerBytes) return undefined
  if (at + headerBytes > bytes.size) return undefined
  return {
    headerBytes,
    manufacturer,
    imageType,
    fileVersion,
    title,
    size,
    ...(control & 1 ? { securityCredential: reader.u8() } : {}),
    ...(control & 2 ? { destination: Buffer.from(reader.take(8)).reverse().toString('hex') } : {}),
    ...(control & 4 ? { hardware: { least: reader.u16(), most: reader.u16() } } : {}),
  }
}

export interface Element {
  readonly tag: number
  /** Of its content. */
  readonly at: number
  /** Bytes that it announces. */
  readonly length: number
}

/** Of encrypted images, Telink's tag and the bytes that stand between its length and its content, which the length leaves out. */
const TELINK_ENCRYPTED = 0xf000
const TELINK_INFO = 2

/** The elements between `from` and `end`, as far as their lengths lead. */
export function* elementsOf(bytes: Bytes, from: number, end: number): Generator<Element> {
  const isTelink = reach(bytes, from, end, 0) !== end && reach(bytes, from, end, TELINK_INFO) === end
  yield* walk(bytes, from, end, isTelink ? TELINK_INFO : 0)
}

/** Where the last element ends. */
function reach(bytes: Bytes, from: number, end: number, info: number): number {
  let done = from
  for (const { at, length } of walk(bytes, from, end, info)) done = at + length
  return done
}

/** @param info bytes between the length of an encrypted element of Telink's and its content */
function* walk(bytes: Bytes, from: number, end: number, info: number): Generator<Element> {
  for (let start = from; start + ELEMENT_HEADER <= Math.min(end, bytes.size); ) {
    const reader = new Reader(bytes.view(start, ELEMENT_HEADER), 'little')
    const [tag, length] = [reader.u16(), reader.u32()]
    const at = start + ELEMENT_HEADER + (tag === TELINK_ENCRYPTED ? info : 0)
    if (at + length > end) return
    yield { tag, at, length }
    start = at + length
  }
}

/** By its number in section 11.4.2.16 of the specification. */
export function nameOfTag(tag: number): string {
  return TAGS[tag] ?? `element-0x${tag.toString(16).padStart(4, '0')}`
}

const TAGS: readonly string[] = [
  'upgrade-image',
  'ecdsa-signature',
  'ecdsa-certificate',
  'integrity-code',
  'picture',
  'ecdsa-signature-2',
  'ecdsa-certificate-2',
]
