import { type Bytes, cString, Reader } from '@messlatte/bytes'
import { hexAddress, inPages, isPageSize, type Section, upTo } from '../android-pages.ts'
import type { Stored } from '../members.ts'

export const MAGIC = 'VNDRBOOT'
const SIZE_3 = 2112
const SIZE_4 = 2128
/** mkbootimg of Android 10 wrote 2108 for version 3. */
const SIZES_3 = [SIZE_3, 2108]
/** Sizes of an entry of the table, in bytes: what is known of one, and what nobody exceeds. */
const ENTRY = 108
const MAX_ENTRY = 4096

/** An Android vendor boot image; little endian, offsets from the start of the bytes. */
export interface VendorBoot {
  readonly version: 3 | 4
  /** The header in words; see `header.json`. */
  readonly told: Readonly<Record<string, unknown>>
  readonly sections: readonly Section[]
  /** The list of fragments of the ramdisk, of version 4. */
  readonly table?: Stored & { readonly entry: number; readonly count: number }
  /** Behind the last page. */
  readonly end: number
}

/** A part of the ramdisk that a boot loader may choose. */
export interface Fragment extends Section {
  readonly name: string
  readonly type: 'none' | 'platform' | 'recovery' | 'dlkm' | number
  /** Hexadecimal; empty where it is for all boards. */
  readonly boardId: string
}

/** The image at `at`, or undefined for what is none. @throws BytesError where the bytes end within the header */
export function parseVendorBoot(bytes: Bytes, at: number): VendorBoot | undefined {
  const reader = new Reader(bytes.view(at, SIZE_3), 'little')
  if (reader.latin1(8) !== MAGIC) return undefined
  const [version, page, kernelAddress, ramdiskAddress] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  const ramdisk = reader.u32()
  const cmdline = cString(reader.take(2048))
  const tagsAddress = reader.u32()
  const name = cString(reader.take(16))
  const [size, dtb, dtbAddress] = [reader.u32(), reader.u32(), reader.u64()]
  if ((version !== 3 && version !== 4) || !isPageSize(page)) return undefined
  if (version === 3 ? !SIZES_3.includes(size) : size !== SIZE_4) return undefined
  const added = version === 4 ? parseAdded(bytes, at) : undefined
  const { sections, end } = inPages(at + upTo(page, size), page, [
    ['vendor_ramdisk', ramdisk],
    ['dtb', dtb],
    ['table', added?.length ?? 0],
    ['bootconfig', added?.bootconfig ?? 0],
  ])
  const table = sections.find(({ path }) => path === 'table')
  return {
    version,
    told: {
      version,
      pageSize: page,
      name,
      cmdline,
      kernelAddress: hexAddress(kernelAddress),
      ramdiskAddress: hexAddress(ramdiskAddress),
      tagsAddress: hexAddress(tagsAddress),
      dtbAddress: hexAddress(dtbAddress),
    },
    sections: sections.filter((section) => section !== table),
    end,
    ...(added && table && { table: { ...table, entry: added.entry, count: added.count } }),
  }
}

/** What version 4 has behind the header of version 3. */
function parseAdded(bytes: Bytes, at: number) {
  const reader = new Reader(bytes.view(at + SIZE_3, SIZE_4 - SIZE_3), 'little')
  return { length: reader.u32(), count: reader.u32(), entry: reader.u32(), bootconfig: reader.u32() }
}

/**
 * The fragments of the ramdisk, in their order. Undefined where they contradict the sizes: they lie one behind the other
 * within the ramdisk. @throws BytesError where the bytes end within the table
 */
export function fragmentsOf(bytes: Bytes, { sections, table }: VendorBoot): readonly Fragment[] | undefined {
  const ramdisk = sections.find(({ path }) => path === 'vendor_ramdisk')
  if (!ramdisk || !table) return []
  const { entry, count } = table
  if (entry < ENTRY || entry > MAX_ENTRY || count * entry > table.length) return undefined
  const fragments: Fragment[] = []
  const taken = new Set<string>()
  let done = 0
  for (let index = 0; index < count; index++) {
    const reader = new Reader(bytes.view(table.at + index * entry, ENTRY), 'little')
    const [length, offset, kind, name] = [reader.u32(), reader.u32(), reader.u32(), cString(reader.take(32))]
    if (offset < done || offset + length > ramdisk.length) return undefined
    done = offset + length
    const type = (['none', 'platform', 'recovery', 'dlkm'] as const)[kind] ?? kind
    const wanted = `vendor_ramdisk/${name || type}`
    const path = taken.has(wanted) ? `${wanted}-${index}` : wanted
    taken.add(path)
    const board = reader.take(64)
    const boardId = board.some((byte) => byte !== 0) ? Buffer.from(board).toString('hex') : ''
    fragments.push({ path, name, type, boardId, at: ramdisk.at + offset, length })
  }
  return fragments
}
