import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import type { Sink } from '../../contract.ts'
import { isFilled } from '../filled.ts'
import { GUID_SIZE, guidText } from '../uefi-guid.ts'
import type { VolumeHeader } from './volume.ts'

/** EFI_FFS_FILE_HEADER, and EFI_FFS_FILE_HEADER2 of large files. UEFI PI 1.8, volume 3, 3.2.3. */
const HEADER = 24
const LARGE_HEADER = 32
const ALIGNMENT = 8

const IS_LARGE = 0x01
/** Of volumes of revision 1: the last two bytes repeat the checksums, inverted. */
const HAS_TAIL = 0x01
const HAS_CHECKSUM = 0x40
const NO_CHECKSUM = { 1: 0x5a, 2: 0xaa } as const

const DATA_VALID = 0x04
const DELETED = 0x10
const HEADER_INVALID = 0x20

const RAW = 0x01
const PADDING = 0xf0
const LAST_WITH_SECTIONS = 0x0f

const WINDOW = 256 * 1024

/** A file of a volume; offsets are those of the source. Plain data. */
export interface FfsFile {
  /** GUID, upper case, numbered where a volume has it more than once. */
  readonly path: string
  readonly type: number
  /** Where the content begins, and where it should end; the source may end before. */
  readonly at: number
  readonly end: number
  readonly hasSections: boolean
}

/** The files of a volume at `start`, in their order. What is wrong with one is told. */
export function* walkFiles(
  bytes: Bytes,
  start: number,
  volume: VolumeHeader,
  large: boolean,
  problem: Sink['problem'],
): Generator<FfsFile> {
  const { erased, length, revision } = volume
  const announced = start + length
  const end = Math.min(announced, bytes.size)
  const taken = new Map<string, number>()
  const named = (name: string) => {
    const before = taken.get(name) ?? 0
    taken.set(name, before + 1)
    return before === 0 ? name : `${name}-${before}`
  }
  let at = start + volume.filesAt
  while (at + HEADER <= end) {
    const header = parseHeader(bytes, at, end, volume, large)
    if (header === 'free' || header === undefined) {
      const rest = { type: RAW, at, end, hasSections: false }
      if (header === undefined)
        problem('structure', `no file at ${at - start}: what follows is shown as it is`)
      if (!isFilled(bytes, at, end, erased)) yield { ...rest, path: header ? 'free-space' : 'rest' }
      return
    }
    const { guid, size, type, state } = header
    if (state & HEADER_INVALID) {
      at += header.length
      continue
    }
    const next = start + Math.ceil((at - start + size) / ALIGNMENT) * ALIGNMENT
    const content = { at: at + header.length, end: at + size - header.tail }
    const isPadding = type === PADDING && isFilled(bytes, content.at, Math.min(content.end, end), erased)
    if (!isPadding) {
      const path = named(state & DELETED ? `${guid}.deleted` : guid)
      if (!header.sumMatches) problem('checksum', 'the checksum of its header differs', path)
      if (!(state & (DATA_VALID | DELETED))) problem('structure', 'it was not written to its end', path)
      if (at + size > end) problem('truncated', 'the image ends within this file', path)
      else checkContent(bytes, content, header, revision, (message) => problem('checksum', message, path))
      yield { path, type, ...content, hasSections: type > RAW && type <= LAST_WITH_SECTIONS }
    }
    at = next
  }
}

interface FileHeader {
  readonly guid: string
  readonly type: number
  /** Bytes, with the header. */
  readonly size: number
  /** Bytes of the header. */
  readonly length: number
  /** Bytes behind the content. */
  readonly tail: number
  /** As it is where flash erases to zeros. */
  readonly state: number
  readonly sumMatches: boolean
  readonly hasChecksum: boolean
  readonly checksum: number
}

/** `free` where nothing was ever written; undefined for what cannot be a file. */
function parseHeader(
  bytes: Bytes,
  at: number,
  end: number,
  { erased, revision, length: volumeLength }: VolumeHeader,
  largeAllowed: boolean,
): FileHeader | 'free' | undefined {
  const fixed = bytes.view(at, HEADER)
  if (fixed.every((byte) => byte === erased)) return 'free'
  const reader = new Reader(fixed, 'little')
  const guid = guidText(reader.take(GUID_SIZE))
  const [, checksum, type, attributes] = [reader.u8(), reader.u8(), reader.u8(), reader.u8()]
  const stored = reader.u32()
  const state = (stored >>> 24) ^ erased
  const isLarge = largeAllowed && (attributes & IS_LARGE) !== 0
  const length = isLarge ? LARGE_HEADER : HEADER
  if (at + length > end) return undefined
  const whole = bytes.view(at, length)
  const size = isLarge ? new Reader(whole, 'little', HEADER).size64() : stored & 0xff_ffff
  const tail = revision === 1 && attributes & HAS_TAIL && type !== PADDING ? 2 : 0
  // The sum leaves out the state, which changes, and the checksum of the content.
  const sum = whole.reduce((before, byte) => before + byte, 0) - checksum - (stored >>> 24)
  const sumMatches = (sum & 0xff) === 0
  // A size that cannot be is believed where the sum says that it was written like that.
  if (size < length + tail || size > volumeLength || (!sumMatches && at + size > end)) return undefined
  const hasChecksum = (attributes & HAS_CHECKSUM) !== 0
  return { guid, type, size, length, tail, state, sumMatches, hasChecksum, checksum }
}

function checkContent(
  bytes: Bytes,
  { at, end }: { readonly at: number; readonly end: number },
  { hasChecksum, checksum, state }: FileHeader,
  revision: 1 | 2,
  tell: (message: string) => void,
): void {
  if (!hasChecksum) {
    if (checksum !== NO_CHECKSUM[revision]) tell('there is none, and the mark that says so is another one')
    return
  }
  if (!(state & DATA_VALID)) return
  let sum = checksum
  forEachWindow(bytes, at, end, WINDOW, 0, (window) => {
    for (const byte of window) sum += byte
    return true
  })
  if (sum % 256 !== 0) tell('the checksum of its content differs')
}
