import { type Bytes, latin1, Reader } from '@messlatte/bytes'
import { type IsoRecord, parseRecord } from './record.ts'

/** Where the descriptors begin: behind sixteen sectors that belong to boot loaders. */
const FIRST_DESCRIPTOR = 0x8000
const SECTOR = 2048
/** More descriptors than any volume has. */
const MOST_DESCRIPTORS = 32
export const MAGIC_AT = FIRST_DESCRIPTOR
export const MAGIC = '\x01CD001\x01'

const PRIMARY = 1
const SUPPLEMENTARY = 2
const LAST = 255
/** Escape sequences of the three levels of Joliet: names in UCS-2, big endian. */
const JOLIET = ['%/@', '%/C', '%/E']

/** A volume (ECMA-119, sections 8.4 and 8.5). */
export interface IsoVolume {
  /** Byte string, without the spaces behind it. */
  readonly name: string
  /** Bytes of a logical block. */
  readonly blockSize: number
  /** Logical blocks of the volume. */
  readonly blocks: number
  readonly root: IsoRecord
}

export interface IsoVolumes {
  readonly primary: IsoVolume
  /** The same files with longer names; undefined where the image has none. */
  readonly joliet: IsoVolume | undefined
}

/** The descriptors of an image at `start`, or undefined for what is none. */
export function readVolumes(bytes: Bytes, start: number): IsoVolumes | undefined {
  let primary: IsoVolume | undefined
  let joliet: IsoVolume | undefined
  for (let index = 0; index < MOST_DESCRIPTORS; index++) {
    const at = start + FIRST_DESCRIPTOR + index * SECTOR
    if (at + SECTOR > bytes.size) break
    const sector = bytes.view(at, SECTOR)
    if (latin1(sector.subarray(1, 7)) !== 'CD001\x01') break
    const type = sector[0]
    if (type === LAST) break
    if (type === PRIMARY) primary ??= parseVolume(sector)
    else if (type === SUPPLEMENTARY && JOLIET.includes(latin1(sector.subarray(88, 91))))
      joliet ??= parseVolume(sector)
  }
  return primary && { primary, joliet }
}

/** Numbers stand in both byte orders: where they differ, it is no volume. */
function parseVolume(sector: Uint8Array): IsoVolume | undefined {
  const blocks = both32(sector, 80)
  const blockSize = both16(sector, 128)
  const root = parseRecord(sector.subarray(156, 190))
  if (!blocks || !blockSize || ![512, 1024, 2048].includes(blockSize)) return undefined
  if (!root?.isDirectory || root.extent >= blocks || both32(sector, 132) === undefined) return undefined
  return { name: latin1(sector.subarray(40, 72)).trimEnd(), blockSize, blocks, root }
}

/** Little endian and then big endian; undefined where they differ. */
export function both32(view: Uint8Array, at: number): number | undefined {
  const value = new Reader(view, 'little', at).u32()
  return new Reader(view, 'big', at + 4).u32() === value ? value : undefined
}

function both16(view: Uint8Array, at: number): number | undefined {
  const value = new Reader(view, 'little', at).u16()
  return new Reader(view, 'big', at + 2).u16() === value ? value : undefined
}
