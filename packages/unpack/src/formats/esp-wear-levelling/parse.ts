import { crc32 } from 'node:zlib'
import { type Bytes, consistsOf, type Extent, Reader, sliceBytes } from '@messlatte/bytes'
import { windows } from '../places.ts'

/** Bytes that the flash of the family erases at once. */
export const SECTOR = 4096
/** Sizes in bytes, without what fills them up to a sector; of the configuration, what is read. Its checksum nobody compares. */
const CONFIG = 24
const STATE = 64
/** Every checksum begins with this value. */
const CRC_START = 0xffff_ffff
/** Where the configuration tells the size of the partition. */
const SIZE_AT = 4
const MAX_PAGE = 1024 * 1024
const LEAST_SECTORS = 5
/** Bytes: larger flash is not on the market. */
const LARGEST = 128 * 1024 * 1024
const MOST_RECORD = 256
/** Bytes of whole sectors that are looked at together. */

/** How ESP-IDF spreads the wear of a partition: a page that holds nothing wanders through it, and moves all others by one. */
export interface WearLevelling {
  /** Bytes of a page. */
  readonly pageSize: number
  /** Pages that hold something. */
  readonly pages: number
  /** Erasures after which the empty page moves on. */
  readonly updateRate: number
  /** Number of the empty page. */
  readonly empty: number
  /** How often it has wandered through the whole partition. */
  readonly rounds: number
  readonly version: number
  readonly end: number
}

interface State {
  readonly positions: number
  readonly rounds: number
  readonly version: number
}

/**
 * The partition that begins at `at`; undefined where no sector behind it is the configuration of a partition that ends with it, or
 * neither copy of the state fits its checksum. Little endian. Layout: ESP-IDF, components/wear_levelling, WL_Config.h and WL_State.h;
 * WL_Flash.cpp.
 */
export function parseWearLevelling(bytes: Bytes, at: number): WearLevelling | undefined {
  const sectors = Math.floor(Math.min(bytes.size - at, LARGEST) / SECTOR)
  if (sectors < LEAST_SECTORS) return undefined
  const sought = sliceBytes(bytes, at, sectors * SECTOR)
  for (const { at: windowAt, window } of windows(sought, { start: 0, end: sought.size }, 0, SECTOR)) {
    for (let offset = 0; offset < window.length; offset += SECTOR) {
      const size = windowAt + offset + SECTOR
      if (window.readUInt32LE(offset + SIZE_AT) !== size || size < LEAST_SECTORS * SECTOR) continue
      const found = parseEnd(bytes, at, size)
      if (found) return found
    }
  }
  return undefined
}

function parseEnd(bytes: Bytes, at: number, size: number): WearLevelling | undefined {
  const config = new Reader(bytes.view(at + size - SECTOR, CONFIG), 'little', SIZE_AT + 4)
  const [pageSize, sector, updateRate, record] = [config.u32(), config.u32(), config.u32(), config.u32()]
  if (sector !== SECTOR || !isPage(pageSize) || record < 1 || record > MOST_RECORD) return undefined
  const stateSize = SECTOR * Math.ceil((STATE + (size / SECTOR) * record) / SECTOR)
  const pages = Math.floor((size - 2 * stateSize - SECTOR) / pageSize) - 1
  if (pages < 1) return undefined
  const end = at + size
  for (const copy of [2, 1]) {
    const stateAt = end - SECTOR - copy * stateSize
    const state = readState(bytes, stateAt)
    if (!state || state.positions !== pages + 1 || state.rounds >= pages) continue
    const { rounds, version } = state
    const empty = emptyPage(bytes, stateAt + STATE, state.positions, record)
    return { pageSize, pages, updateRate, empty, rounds, version, end }
  }
  return undefined
}

function isPage(size: number): boolean {
  return size >= SECTOR && size <= MAX_PAGE && size % SECTOR === 0
}

/** Version 1 has its checksum where version 2 has the number of the device. */
function readState(bytes: Bytes, at: number): State | undefined {
  const view = bytes.view(at, STATE)
  const reader = new Reader(view, 'little', 4)
  const [positions, rounds] = [reader.u32(), reader.u32()]
  reader.skip(12)
  const version = reader.u32()
  const checked = version === 1 ? 28 : 60
  const holds = new Reader(view, 'little', checked).u32() === crc32(view.subarray(0, checked), CRC_START)
  return holds ? { positions, rounds, version } : undefined
}

/** With each move a record more is written behind the state. */
function emptyPage(bytes: Bytes, at: number, positions: number, record: number): number {
  let moved = 0
  while (moved < positions - 1 && !consistsOf(bytes.view(at + moved * record, record), 0xff)) moved++
  return moved
}

/** Where in the partition, which begins at `start`, the pages lie in the order in which they are seen. */
export function extentsOf(
  { pageSize, pages, empty, rounds }: WearLevelling,
  start: number,
): readonly Extent[] {
  const extents: { readonly at: number; length: number; readonly from: number }[] = []
  for (let page = 0; page < pages; page++) {
    const turned = (pages - rounds + page) % pages
    const from = start + (turned < empty ? turned : turned + 1) * pageSize
    const last = extents.at(-1)
    if (last && last.from + last.length === from) last.length += pageSize
    else extents.push({ at: page * pageSize, length: pageSize, from })
  }
  return extents
}
