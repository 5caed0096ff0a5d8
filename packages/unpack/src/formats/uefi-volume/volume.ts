import { type Bytes, Reader } from '@messlatte/bytes'
import { GUID_SIZE, guidText } from '../uefi-guid.ts'

export const MAGIC = '_FVH'
/** Where the magic stands in the header. */
export const MAGIC_AT = 40

/** What a volume's file system is, by its GUID (upper case). */
export const FILE_SYSTEMS: Readonly<Record<string, 'ffs2' | 'ffs3' | 'nvram'>> = {
  '7A9354D9-0468-444A-81CE-0BF617D890DF': 'ffs2',
  '8C8CE578-8A3D-4F1C-9935-896185C32DD3': 'ffs2',
  '04ADEEAD-61FF-4D31-B6BA-64F8BF901F5A': 'ffs2',
  '5473C07A-3DCB-4DCA-BD6F-1E9689E7349A': 'ffs3',
  'FFF12B8D-7696-4C8B-A985-2747075B4F50': 'nvram',
}

const FIXED = 56
const LEAST_HEADER = FIXED + 2 * 8
/** A map of this many stretches is longer than any flash needs; more is no header. */
const MOST_HEADER = 4096
const EXT_HEADER = GUID_SIZE + 4
const ERASES_TO_ONES = 0x800

/** EFI_FIRMWARE_VOLUME_HEADER, little endian; sizes in bytes. UEFI PI 1.8, volume 3, 3.2.1. */
export interface VolumeHeader {
  /** GUID, upper case. */
  readonly fileSystem: string
  /** Of the whole volume, the header included. */
  readonly length: number
  readonly attributes: number
  readonly headerLength: number
  /** Whether the sum of the header's words is 0, as it has to be. */
  readonly sumMatches: boolean
  /** Whether the block map is that of the volume or, for variables, of the flash that the volume is a part of. */
  readonly mapMatches: boolean
  readonly revision: 1 | 2
  /** Byte that the flash has where nothing is written: 0x00 or 0xFF. */
  readonly erased: number
  /** GUID of the volume, upper case, of the extended header. */
  readonly name: string | undefined
  /** Where the files begin, from the start of the volume. */
  readonly filesAt: number
}

/** The header at `at`, or undefined for what is none: the sum has to hold, or all else. */
export function parseVolume(bytes: Bytes, at: number): VolumeHeader | undefined {
  if (at + LEAST_HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, FIXED), 'little', GUID_SIZE)
  const fileSystem = guidText(reader.take(GUID_SIZE))
  const length = reader.size64()
  if (reader.latin1(4) !== MAGIC) return undefined
  const attributes = reader.u32()
  const headerLength = reader.u16()
  reader.skip(2)
  const [extAt, reserved, revision] = [reader.u16(), reader.u8(), reader.u8()]
  if ((revision !== 1 && revision !== 2) || (revision === 2 && reserved !== 0)) return undefined
  if (headerLength < LEAST_HEADER || headerLength > MOST_HEADER || headerLength % 8 !== 0) return undefined
  if (length <= headerLength || length === Number.POSITIVE_INFINITY || at + headerLength > bytes.size)
    return undefined
  const header = bytes.view(at, headerLength)
  const map = blockMap(header)
  const mapIsOwn = map !== undefined && bytesOf(map) === length
  const mapMatches = mapIsOwn || (FILE_SYSTEMS[fileSystem] === 'nvram' && mapIsOfFlash(map, length))
  const sumMatches = sumOfWords(header) === 0
  // Drivers carry headers that they complete when they run: their sum does not hold, and no volume is behind them.
  const isWhole = mapIsOwn && FILE_SYSTEMS[fileSystem] !== undefined && at + length <= bytes.size
  if (!sumMatches && !isWhole) return undefined
  const erased = attributes & ERASES_TO_ONES ? 0xff : 0
  const base = {
    fileSystem,
    length,
    attributes,
    headerLength,
    sumMatches,
    mapMatches,
    revision,
    erased,
  } as const
  return { ...base, ...extended(bytes, at, base, revision === 2 ? extAt : 0) }
}

/** A stretch of the flash: blocks of one size, in bytes. */
interface Blocks {
  readonly count: number
  readonly size: number
}

/** The stretches of the map; undefined where it does not end within the header. */
function blockMap(header: Uint8Array): readonly Blocks[] | undefined {
  const reader = new Reader(header, 'little', FIXED)
  const map: Blocks[] = []
  while (reader.left >= 8) {
    const blocks = { count: reader.u32(), size: reader.u32() }
    if (blocks.count === 0 && blocks.size === 0) return map
    map.push(blocks)
  }
  return undefined
}

function bytesOf(map: readonly Blocks[]): number {
  return map.reduce((sum, { count, size }) => sum + count * size, 0)
}

/**
 * Drivers of edk2 (OvmfPkg/VirtNorFlashDxe, ArmPlatformPkg/NorFlashDxe) that format a volume for variables write the
 * blocks of the whole flash into its map, and into its length those that the variables take.
 */
function mapIsOfFlash(map: readonly Blocks[] | undefined, length: number): boolean {
  const [blocks, ...others] = map ?? []
  if (!blocks || others.length > 0 || blocks.size === 0) return false
  return blocks.count * blocks.size > length && length % blocks.size === 0
}

function sumOfWords(header: Uint8Array): number {
  const reader = new Reader(header, 'little')
  let sum = 0
  while (reader.left >= 2) sum += reader.u16()
  return sum & 0xffff
}

/** The extended header lies in front of the files, mostly within a file for padding, and is told by its offset alone. */
function extended(
  bytes: Bytes,
  at: number,
  { length, headerLength }: Pick<VolumeHeader, 'length' | 'headerLength'>,
  extAt: number,
): Pick<VolumeHeader, 'name' | 'filesAt'> {
  const none = { name: undefined, filesAt: headerLength }
  if (extAt < headerLength || extAt + EXT_HEADER > length || at + extAt + EXT_HEADER > bytes.size) return none
  const reader = new Reader(bytes.view(at + extAt, EXT_HEADER), 'little')
  const name = guidText(reader.take(GUID_SIZE))
  const size = reader.u32()
  if (size < EXT_HEADER || extAt + size > length) return none
  return { name, filesAt: Math.ceil((extAt + size) / 8) * 8 }
}
