import { crc32 } from 'node:zlib'
import { type Bytes, forEachWindow, latin1, Reader } from '@messlatte/bytes'
import {
  describeBytes,
  ESP_ENCRYPTION,
  type EspFlashEncryption,
  type EspImage,
  type EspSignature,
  encodeText,
  findEspFlash,
  findEspSignature,
  findFlashStart,
  holdsItsKind,
  parseEspImage,
  parsePartitionTable,
} from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { pointsIn } from '../signatures/points.ts'
import { digestOf, readBlocks } from './block.ts'
import { slotEvidence } from './content-evidence.ts'
import { doorEvidence } from './door-evidence.ts'
import type { EspImageFact, EspRow, V1Fact } from './facts.ts'
import { doorsIn, doorsInFile, tracesIn } from './traces.ts'

const CHECKSUM_SEED = 0xef
const STEP = 256 * 1024
/** Bytes: `esp_bootloader_desc_t` of ESP-IDF 5, a magic byte, then the version of ESP-IDF at 8. */
const LOADER_DESCRIPTOR = 80
const LOADER_MAGIC = 0x50
const APP = 0
/** Bytes of a partition whose entropy is looked at. */
const SAMPLE = 64 * 1024
/** Bits per byte. The scheme of the ESP32 makes even plaintext look like a table of large numbers, not like random bytes. */
const RANDOM = 7.5

/** Map: images with their signatures, the partition table, which slot is booted, and settings of the build. */
export function lookAtEsp(artefact: Artefact, out: MapOut): void {
  switch (artefact.format) {
    case 'esp-image':
      lookAtImage(artefact, out)
      break
    case 'esp-flash':
    case 'esp-partition-table':
      lookAtTable(artefact, out)
      break
    case 'esp-otadata':
      for (const draft of slotEvidence(artefact)) out.evidence(draft)
      break
    default:
      if (artefact.inner === ESP_ENCRYPTION) lookAtOpened(artefact, out)
      else for (const door of doorsInFile(artefact.text())) out.evidence(doorEvidence(artefact, door))
  }
}

function lookAtImage(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const image = parseEspImage(bytes, 0)
  if (!image) return
  const text = artefact.text()
  const signature = image.cut ? undefined : findEspSignature(bytes, 0, image.end)
  const traces = tracesIn(text)
  const isLoader = traces.includes('boot-loader') || hasLoaderDescriptor(bytes, image)
  const role = isLoader ? 'boot-loader' : image.descriptor ? 'app' : 'unknown'
  const fact: EspImageFact = {
    family: image.family,
    chip: image.chip,
    role,
    project: encodeText(image.descriptor?.project ?? ''),
    version: encodeText(image.descriptor?.version ?? ''),
    idfVersion: encodeText(image.descriptor?.idfVersion ?? ''),
    secureVersion: image.descriptor?.secureVersion,
    cut: image.cut ? 'image' : signature?.cut && signature.blocks.length === 0 ? 'signature' : undefined,
    checksum: image.cut ? undefined : checksumMatches(bytes, image),
    hash: hashMatches(bytes, image),
    crc: crcMatches(bytes, image),
    blocks: signature?.scheme === 'v2' ? readBlocks(bytes, signature.blocks) : [],
    v1: signature?.scheme === 'v1' ? readV1(bytes, signature) : undefined,
    traces,
    // The key of secure boot 1 is of use where something is verified with it.
    points: isLoader || signature?.scheme === 'v1' ? pointsIn(bytes, image.end) : [],
  }
  out.fact('boot.esp.image', placeOf(artefact), fact)
  for (const door of doorsIn(text)) out.evidence(doorEvidence(artefact, door))
}

function hasLoaderDescriptor(bytes: Bytes, { segments }: EspImage): boolean {
  return segments.some(({ at, length }) => {
    if (length < LOADER_DESCRIPTOR || at + LOADER_DESCRIPTOR > bytes.size) return false
    const view = bytes.view(at, LOADER_DESCRIPTOR)
    return view[0] === LOADER_MAGIC && /^v?\d+\.\d+[\w.+-]*\0/.test(latin1(view.subarray(8, 40)))
  })
}

function checksumMatches(bytes: Bytes, { segments, checksumAt }: EspImage): boolean {
  let sum = CHECKSUM_SEED
  for (const { at, length } of segments.filter(({ summed }) => summed)) {
    forEachWindow(bytes, at, at + length, STEP, 0, (window) => {
      for (const byte of window) sum ^= byte
      return true
    })
  }
  return sum === bytes.view(checksumAt, 1)[0]
}

function hashMatches(bytes: Bytes, { hashAt, cut }: EspImage): boolean | undefined {
  if (hashAt === undefined || cut) return undefined
  return digestOf(bytes, hashAt, 'sha256') === Buffer.from(bytes.view(hashAt, 32)).toString('hex')
}

/** Of version 2 of the ESP8266: its boot loader inverts sums whose highest bit is set, and adds one to the others. */
function crcMatches(bytes: Bytes, { crcAt, cut }: EspImage): boolean | undefined {
  if (crcAt === undefined || cut) return undefined
  let sum = 0
  forEachWindow(bytes, 0, crcAt, STEP, 0, (window) => {
    sum = crc32(window, sum)
    return true
  })
  const expected = sum >= 0x8000_0000 ? ~sum >>> 0 : sum + 1
  return new Reader(bytes.view(crcAt, 4), 'little').u32() === expected
}

function readV1(bytes: Bytes, { blocks }: EspSignature): V1Fact | undefined {
  const [block] = blocks
  if (!block) return undefined
  const reader = new Reader(bytes.view(block.at, block.length), 'little', 4)
  return {
    offset: block.at,
    length: block.length,
    digest: digestOf(bytes, block.at, 'sha256'),
    signature: Buffer.from(reader.take(64)).toString('hex'),
  }
}

function lookAtTable(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  const dump = artefact.format === 'esp-flash' ? findEspFlash(bytes, 0) : undefined
  if (artefact.format === 'esp-flash' && !dump) {
    out.fact('boot.esp.encrypted-flash', placeOf(artefact), {})
    return
  }
  const tableAt = dump?.tableAt ?? 0
  const table = dump?.table ?? parsePartitionTable(bytes, 0)
  if (!table) return
  const flash = dump?.start ?? findFlashStart(bytes, 0, table)
  const rows = table.partitions.map((partition): EspRow => {
    const { type, subtype, offset, size, encrypted } = partition
    const at = flash === undefined || flash + offset < table.end ? undefined : flash + offset
    const there = at !== undefined && at < bytes.size
    const kind =
      there && type === APP ? holdsItsKind(bytes, at, { ...partition, encrypted: false }) : undefined
    const content = there ? contentOf(bytes, at, size, kind) : undefined
    return { label: encodeText(partition.label), type, subtype, offset, size, encrypted, content, at }
  })
  out.fact('boot.esp.table', placeOf(artefact, tableAt, table.end - tableAt), { rows, md5: table.md5Matches })
}

/** The unpacker wrote it: a member of that name in anything but a flash is somebody's file. */
function lookAtOpened(artefact: Artefact, out: MapOut): void {
  if (!/@0x[0-9a-f]+:esp-(?:flash|partition-table)$/.test(artefact.root)) return
  const { scheme, tableEncrypted, tableAt, tableMd5Matches, partitions } = JSON.parse(
    artefact.text(),
  ) as EspFlashEncryption
  const rows = partitions.map(
    ({ label, type, subtype, offset, size, encrypted, at }): EspRow => ({
      label: encodeText(label),
      type,
      subtype,
      offset,
      size,
      encrypted,
      content: undefined,
      at,
    }),
  )
  const md5 = tableMd5Matches ?? undefined
  out.fact('boot.esp.opened', placeOf(artefact), { scheme, tableEncrypted, tableAt, rows, md5 })
}

function contentOf(bytes: Bytes, at: number, size: number, isImage: boolean | undefined): EspRow['content'] {
  if (isImage) return 'image'
  const length = Math.min(size, bytes.size - at, SAMPLE)
  if (bytes.view(at, length).every((byte) => byte === 0xff)) return 'erased'
  // What erased flash lies behind would hide the entropy of the little that was written.
  const written = bytes.view(at, length).findLastIndex((byte) => byte !== 0xff) + 1
  return describeBytes(bytes, at, written).entropy > RANDOM ? 'opaque' : 'other'
}
