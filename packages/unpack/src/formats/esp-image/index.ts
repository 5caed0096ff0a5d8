import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { crc32Of, inBatches, jsonText, program, type Stored, showText, whatIsThere } from '../members.ts'
import { steppedPlaces } from '../places.ts'
import { CHIPS } from './chips.ts'
import { CHECKSUM_SEED, type EspImage, type EspSegment, parseEspImage, sha256Between } from './parse.ts'
import { findEspSignature } from './signature.ts'

interface EspMember {
  readonly path: string
  readonly content: Stored | string
}

/** No write-protect pin and default drive strengths, then the number of the chip: what stands at offset 8. */
const EXTENDED = [...CHIPS.keys()].map((chip) => `\xee\0\0\0${String.fromCharCode(chip)}\0`)
/** First segments of images of the ESP8266: that of the boot loader of Arduino, and mapped flash. RAM is too much like numbers. */
const FIRST_SEGMENTS = ['\0\xf0\x10\x40', '\x10\x10\x20\x40']
const VERSION_2 = ['\xea\x04\0', '\xea\x04\x01', '\xea\x04\x02', '\xea\x04\x03']
/** Images lie at the start of a sector of flash. */
const SECTOR = 4096
const SUMMARY = 'image.json'
const WINDOW = 256 * 1024

export const espImage: ContainerFormat<readonly EspMember[]> = {
  kind: 'container',
  name: 'esp-image',
  title: 'ESP8266 and ESP32 firmware image',
  references: [
    'esptool documentation, Firmware Image Format',
    'ESP-IDF, components/bootloader_support/include/esp_app_format.h',
    'ESP-IDF, components/bootloader_support/include/esp_secure_boot.h',
  ],
  limits: [
    'signatures are found and shown, not verified',
    'an image whose header has a pin for write protection, or an unusual first segment, is found at the start of a sector only',
  ],
  magic: [
    ...[...EXTENDED, ...FIRST_SEGMENTS].map((bytes) => ({ bytes, at: 8 })),
    ...VERSION_2.map((bytes) => ({ bytes, at: 0 })),
  ],
  carve: true,

  candidates: (bytes, gap) =>
    steppedPlaces(
      bytes,
      gap,
      { step: SECTOR, needed: 1 },
      (window, at) => window[at] === 0xe9 || window[at] === 0xea,
    ),

  recognise(bytes, at) {
    const image = parseEspImage(bytes, at)
    if (!image) return undefined
    const signature = image.cut ? undefined : findEspSignature(bytes, at, image.end)
    return { start: at, end: signature?.end ?? image.end }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), ({ content }) => content.length),

  read(_bytes, _region, plan, sink) {
    for (const { path, content } of plan) {
      if (typeof content === 'string') showText(path, content, sink)
      else sink.slice(program(path), content.at, content.length)
    }
  },
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<EspMember> {
  const image = parseEspImage(bytes, start) as EspImage
  const signature = image.cut ? undefined : findEspSignature(bytes, start, image.end)
  if (image.cut) problem('truncated', 'only what the beginning tells: the image is cut off', SUMMARY)
  else checkSums(bytes, start, image, problem)
  yield { path: SUMMARY, content: jsonText(describe(image)) }
  const seen = new Set<number>()
  for (const [index, segment] of image.segments.entries()) {
    const path = nameOf(segment, index, seen)
    const whole = segment.at + segment.length <= bytes.size
    if (!whole) problem('truncated', 'the image ends within this segment', path)
    yield { path, content: whole ? segment : whatIsThere(bytes, segment.at) }
  }
  if (signature?.cut) problem('truncated', 'the image ends within its signature', 'signature-0')
  for (const { index, at, length, crcMatches } of signature?.blocks ?? []) {
    const path = `signature-${index}`
    if (crcMatches === false) problem('checksum', 'the CRC of this block differs', path)
    yield { path, content: { at, length } }
  }
}

function nameOf({ address }: EspSegment, index: number, seen: Set<number>): string {
  const name = `0x${address.toString(16).padStart(8, '0')}`
  const again = seen.has(address)
  seen.add(address)
  return again ? `${name}-segment-${index}.bin` : `${name}.bin`
}

function checkSums(bytes: Bytes, start: number, image: EspImage, problem: Sink['problem']): void {
  const { checksumAt, hashAt, crcAt } = image
  if (checksumOf(bytes, image.segments) !== bytes.view(checksumAt, 1)[0])
    problem('checksum', 'the checksum of the segments differs')
  if (hashAt !== undefined && !sha256Between(bytes, start, hashAt).equals(bytes.view(hashAt, 32)))
    problem('checksum', 'the appended SHA-256 differs')
  if (crcAt !== undefined && !crcMatches(bytes, start, crcAt)) problem('checksum', 'the appended CRC differs')
}

function checksumOf(bytes: Bytes, segments: readonly EspSegment[]): number {
  let sum = CHECKSUM_SEED
  for (const { at, length } of segments.filter(({ summed }) => summed)) {
    forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
      for (const byte of window) sum ^= byte
      return true
    })
  }
  return sum
}

/** The boot loader of the ESP8266 inverts sums whose highest bit is set, and adds one to the others. */
function crcMatches(bytes: Bytes, start: number, crcAt: number): boolean {
  const crc = crc32Of(bytes, start, crcAt - start)
  const expected = crc >= 0x8000_0000 ? ~crc >>> 0 : crc + 1
  return new Reader(bytes.view(crcAt, 4), 'little').u32() === expected
}

function describe(image: EspImage): object {
  const { family, chip, flashMode, flashSizeAndFrequency, entryPoint } = image
  const { minimumRevision, maximumRevision, descriptor, segments } = image
  return {
    family,
    chip,
    entryPoint,
    flashMode,
    flashSizeAndFrequency,
    minimumRevision,
    maximumRevision,
    segments: segments.map(({ address, length }) => ({ address, length })),
    descriptor,
  }
}
