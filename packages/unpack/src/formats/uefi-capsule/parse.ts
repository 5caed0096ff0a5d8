import { type Bytes, Reader } from '@messlatte/bytes'
import type { Stored } from '../members.ts'
import { GUID_SIZE, guidMagic, guidText } from '../uefi-guid.ts'

/** Of capsules whose payloads the Firmware Management Protocol takes. */
export const FMP = '6DCBD5ED-E82D-4C44-BDA1-7194199AD92A'

/** It says all by itself: nothing is behind its header. */
const REVERT = 'ACD58B4B-C0E8-475F-99B5-6B3F7E07AAF0'

/** What capsules begin with. Any GUID may stand there: these are the ones that say that it is a capsule. */
export const CAPSULES = [
  FMP,
  '3B6686BD-0D76-4030-B70E-B5519E2FC5A0',
  '3B8C8162-188C-46A4-AEC9-BE43F1D65697',
  '539182B9-ABB5-4391-B69A-E3A943F72FCC',
  'E20BAFD3-9914-4F4F-9537-3129E090EB3C',
  '25B5FE76-8243-4A5C-A9BD-7EE3246198B5',
  '4A3CA68B-7723-48FB-803D-578CC1FEC44D',
  '14EEBB90-890A-43DB-AED1-5D3C4588A418',
  // U-Boot: an update was good, or is to be taken back.
  '0C996046-BCC0-4D04-85EC-E1FCEDF1C6F8',
  REVERT,
] as const

export const MAGICS = CAPSULES.map(guidMagic)

const HEADER = 28
const MOST_HEADER = 64 * 1024
/** Persist across reset, populate the system table, initiate reset; the low 16 bits are the maker's. */
const KNOWN_FLAGS = 0x7_ffff

/** EFI_CAPSULE_HEADER, little endian. UEFI 2.10, section 8.5.3. */
export interface CapsuleHeader {
  /** Upper case. */
  readonly guid: string
  /** Bytes. */
  readonly headerSize: number
  readonly flags: number
  /** Bytes, the header included. */
  readonly size: number
}

export function parseCapsuleHeader(bytes: Bytes, at: number): CapsuleHeader | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little')
  const guid = guidText(reader.take(GUID_SIZE))
  const [headerSize, flags, size] = [reader.u32(), reader.u32(), reader.u32()]
  if (!CAPSULES.some((known) => known === guid)) return undefined
  if (headerSize < HEADER || headerSize > MOST_HEADER || flags > KNOWN_FLAGS) return undefined
  if (guid === REVERT ? size !== headerSize : size <= headerSize) return undefined
  if (guid === FMP && !parseItems(bytes, at + headerSize, at + size)) return undefined
  return { guid, headerSize, flags, size }
}

const ITEMS_VERSION = 1
const ITEMS_HEADER = 8
const MOST_ITEMS = 4096
/** Bytes of a payload's header by its version. */
const PAYLOAD_HEADERS = [0, 32, 40, 48] as const

/** Where drivers and payloads of an FMP capsule begin, ascending; offsets are those of the source. */
interface Items {
  readonly drivers: number
  readonly starts: readonly number[]
}

/** EFI_FIRMWARE_MANAGEMENT_CAPSULE_HEADER at `at`. UEFI 2.10, section 23.3. */
function parseItems(bytes: Bytes, at: number, end: number): Items | undefined {
  if (at + ITEMS_HEADER > Math.min(end, bytes.size)) return undefined
  const reader = new Reader(bytes.view(at, ITEMS_HEADER), 'little')
  const [version, drivers, payloads] = [reader.u32(), reader.u16(), reader.u16()]
  const count = drivers + payloads
  if (version !== ITEMS_VERSION || count === 0 || count > MOST_ITEMS) return undefined
  const listEnd = at + ITEMS_HEADER + count * 8
  if (listEnd > Math.min(end, bytes.size)) return undefined
  const list = new Reader(bytes.view(at + ITEMS_HEADER, count * 8), 'little')
  const starts = Array.from({ length: count }, () => at + list.size64())
  const ascend = starts.every((start, index) => start >= (starts[index - 1] ?? listEnd) && start < end)
  return ascend ? { drivers, starts } : undefined
}

/** EFI_FIRMWARE_IMAGE_AUTHENTICATION in front of a payload. UEFI 2.10, section 23.1. */
export interface CapsuleAuthentication {
  readonly monotonicCount: bigint
  /** PKCS #7 signed data over the payload and the count. */
  readonly signature: Stored
}

/** A payload of an FMP capsule; offsets are those of the source, which may end before them. */
export interface CapsulePayload {
  /** Of what it is for, upper case. */
  readonly type: string
  readonly index: number
  /** All that the header announces: with the authentication and its own header. */
  readonly image: Stored
  readonly authentication: CapsuleAuthentication | undefined
  /** What the device has to have before, as an expression of operations (UEFI 2.10, section 23.2). */
  readonly dependency: Stored | undefined
  /** What edk2 puts in front of the firmware: its version and the lowest one that is allowed. */
  readonly header: (Stored & { readonly version: number; readonly lowestVersion: number }) | undefined
  readonly firmware: Stored
  readonly vendorCode: Stored | undefined
}

/** What is in an FMP capsule. */
export interface FmpContent {
  readonly drivers: readonly Stored[]
  /** Undefined where there is no header that can be read. */
  readonly payloads: readonly (CapsulePayload | undefined)[]
}

/** The drivers and payloads of the FMP capsule at `at`; undefined for other capsules. */
export function parseFmpCapsule(bytes: Bytes, at: number): FmpContent | undefined {
  const header = parseCapsuleHeader(bytes, at)
  if (header?.guid !== FMP) return undefined
  const end = at + header.size
  const { drivers, starts } = parseItems(bytes, at + header.headerSize, end) as Items
  const parts = starts.map((start, index) => ({ at: start, length: (starts[index + 1] ?? end) - start }))
  return {
    drivers: parts.slice(0, drivers),
    payloads: parts.slice(drivers).map((part) => parsePayload(bytes, part)),
  }
}

/** EFI_FIRMWARE_MANAGEMENT_CAPSULE_IMAGE_HEADER; the part bounds what it announces. */
function parsePayload(bytes: Bytes, { at, length }: Stored): CapsulePayload | undefined {
  if (length < PAYLOAD_HEADERS[1] || at + PAYLOAD_HEADERS[1] > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, PAYLOAD_HEADERS[1]), 'little')
  const size = PAYLOAD_HEADERS[reader.u32()] ?? 0
  const type = guidText(reader.take(GUID_SIZE))
  const index = reader.u8()
  reader.skip(3)
  const [imageSize, vendorSize] = [reader.u32(), reader.u32()]
  const hasDependency = size === PAYLOAD_HEADERS[3] && (supportOf(bytes, at) & DEPENDENCY) !== 0
  if (size === 0 || size + imageSize + vendorSize > length) return undefined
  const image = { at: at + size, length: imageSize }
  const vendorCode = vendorSize > 0 ? { at: image.at + imageSize, length: vendorSize } : undefined
  return { type, index, image, vendorCode, ...parseImage(bytes, image, hasDependency) }
}

/** Of ImageCapsuleSupport, which the third version of the header ends with. */
const DEPENDENCY = 2
const SUPPORT_AT = 40

function supportOf(bytes: Bytes, at: number): number {
  if (at + PAYLOAD_HEADERS[3] > bytes.size) return 0
  return new Reader(bytes.view(at + SUPPORT_AT, 4), 'little').u32()
}

function parseImage(
  bytes: Bytes,
  image: Stored,
  hasDependency: boolean,
): Pick<CapsulePayload, 'authentication' | 'dependency' | 'header' | 'firmware'> {
  const signed = parseAuthentication(bytes, image)
  const behind = signed ? signed.signature.at + signed.signature.length : image.at
  const rest = { at: behind, length: image.at + image.length - behind }
  const dependency = hasDependency ? parseDependency(bytes, rest) : undefined
  const taken = dependency?.length ?? 0
  const inner = { at: rest.at + taken, length: rest.length - taken }
  const header = parsePayloadHeader(bytes, inner)
  const skipped = header?.length ?? 0
  return {
    authentication: signed,
    dependency,
    header,
    firmware: { at: inner.at + skipped, length: inner.length - skipped },
  }
}

/** Bytes behind each operation: a GUID, a version, a text up to its zero, nothing, and a length. */
const OPERANDS = [16, 4, 'text', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4] as const
const LAST_OPERATION = 0x0d
const MOST_DEPENDENCY = 64 * 1024

/** The expression that begins at `at`, with the operation that ends it; undefined for what is none. */
function parseDependency(bytes: Bytes, { at, length }: Stored): Stored | undefined {
  const there = Math.min(length, MOST_DEPENDENCY, bytes.size - at)
  if (there <= 0) return undefined
  const expression = bytes.view(at, there)
  for (let place = 0; place < there; ) {
    const operation = expression[place] as number
    if (operation === LAST_OPERATION) return { at, length: place + 1 }
    const operand = OPERANDS[operation]
    if (operand === undefined) return undefined
    const end = operand === 'text' ? expression.indexOf(0, place + 1) : place + operand
    if (end < 0) return undefined
    place = end + 1
  }
  return undefined
}

/** The count, then WIN_CERTIFICATE_UEFI_GUID, whose length counts from its own start. */
const COUNT = 8
const CERTIFICATE_HEADER = 24
const REVISION = 0x0200
const IS_GUID_CERTIFICATE = 0x0ef1
const PKCS7 = '4AAFD29D-68DF-49EE-8AA9-347D375665A7'

function parseAuthentication(bytes: Bytes, { at, length }: Stored): CapsuleAuthentication | undefined {
  const header = COUNT + CERTIFICATE_HEADER
  if (length < header || at + header > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, header), 'little')
  const [monotonicCount, size, revision, kind] = [reader.u64(), reader.u32(), reader.u16(), reader.u16()]
  if (revision !== REVISION || kind !== IS_GUID_CERTIFICATE) return undefined
  if (guidText(reader.take(GUID_SIZE)) !== PKCS7) return undefined
  if (size < CERTIFICATE_HEADER || COUNT + size > length) return undefined
  return { monotonicCount, signature: { at: at + header, length: size - CERTIFICATE_HEADER } }
}

const PAYLOAD_MAGIC = 'MSS1'
const PAYLOAD_HEADER = 16

function parsePayloadHeader(bytes: Bytes, { at, length }: Stored): CapsulePayload['header'] {
  if (length < PAYLOAD_HEADER || at + PAYLOAD_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, PAYLOAD_HEADER), 'little')
  if (reader.latin1(4) !== PAYLOAD_MAGIC) return undefined
  const [size, version, lowestVersion] = [reader.u32(), reader.u32(), reader.u32()]
  if (size < PAYLOAD_HEADER || size > length) return undefined
  return { at, length: size, version, lowestVersion }
}
