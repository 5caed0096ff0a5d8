import { createHash } from 'node:crypto'
import { type Bytes, cString, latin1, Reader } from '@messlatte/bytes'
import { hexAddress, inPages, isPageSize, releaseOf, type Section } from '../android-pages.ts'
import { hashStretch } from '../members.ts'

export const MAGIC = 'ANDROID!'
/** Of versions 3 and 4, which do not tell it. */
const PAGE_FROM_3 = 4096
/** The header without the fields that versions 1 and 2 added. */
const SIZE_0 = 1632
const SIZE_1 = 1648
const SIZE_2 = 1660
const SIZE_4 = 1584
/** By version; mkbootimg of Android 10 wrote 1596 for version 3. */
const SIZES_FROM_3 = [1580, SIZE_4, 1596]

/** An Android boot image; little endian, offsets from the start of the bytes. */
export interface BootImage {
  readonly version: 0 | 1 | 2 | 3 | 4
  /** The header in words; see `header.json`. */
  readonly told: Readonly<Record<string, unknown>>
  readonly sections: readonly Section[]
  /** Behind the last page. */
  readonly end: number
  /** Of versions 0 to 2, 32 bytes: a SHA-1 or, from some tools, a SHA-256. */
  readonly id?: Uint8Array
  /** Where the header says that the recovery DTBO lies, from the start of the image. */
  readonly recoveryDtboAt?: number
}

/** The image at `at`, or undefined for what is none. @throws BytesError where the bytes end within the header */
export function parseBootImage(bytes: Bytes, at: number): BootImage | undefined {
  const head = new Reader(bytes.view(at, 44), 'little')
  if (head.latin1(8) !== MAGIC) return undefined
  head.skip(28)
  const [page, version] = [head.u32(), head.u32()]
  if (version === 3 || version === 4) return page === 0 ? parseFrom3(bytes, at, version) : undefined
  return isPageSize(page) ? parseUpTo2(bytes, at, page, version) : undefined
}

function parseUpTo2(bytes: Bytes, at: number, page: number, word: number): BootImage | undefined {
  // Kernels of that time were built for one board: Qualcomm's tools told the size of the device trees here.
  const version = word === 1 || word === 2 ? word : 0
  const dt = version === 0 ? word : 0
  const reader = new Reader(
    bytes.view(at, version === 0 ? SIZE_0 : version === 1 ? SIZE_1 : SIZE_2),
    'little',
    8,
  )
  const [kernel, kernelAddress, ramdisk, ramdiskAddress] = [
    reader.u32(),
    reader.u32(),
    reader.u32(),
    reader.u32(),
  ]
  const [second, secondAddress, tagsAddress] = [reader.u32(), reader.u32(), reader.u32()]
  reader.skip(8)
  const release = releaseOf(reader.u32())
  const [name, first, id, more] = [reader.take(16), reader.take(512), reader.take(32), reader.take(1024)]
  const dtbo = version > 0 ? { size: reader.u32(), at: reader.size64(), header: reader.u32() } : undefined
  const dtb = version > 1 ? { size: reader.u32(), address: reader.u64() } : undefined
  if (dtbo && dtbo.header !== (version === 1 ? SIZE_1 : SIZE_2)) return undefined
  const { sections, end } = inPages(at + page, page, [
    ['kernel', kernel],
    ['ramdisk', ramdisk],
    ['second', second],
    ['dt', dt],
    ['recovery_dtbo', dtbo?.size ?? 0],
    ['dtb', dtb?.size ?? 0],
  ])
  if (kernel === 0 && ramdisk === 0) return undefined
  // The line goes on in the second field where the first one is full.
  const full = first.indexOf(0) < 0 || first.indexOf(0) === 511
  const told = {
    version,
    pageSize: page,
    ...release,
    name: cString(name),
    cmdline: cString(first) + (full ? cString(more) : ''),
    kernelAddress: hexAddress(kernelAddress),
    ramdiskAddress: hexAddress(ramdiskAddress),
    secondAddress: hexAddress(secondAddress),
    tagsAddress: hexAddress(tagsAddress),
    ...(dtb && { dtbAddress: hexAddress(dtb.address) }),
    id: Buffer.from(id).toString('hex'),
  }
  return { version, told, sections, end, id, ...(dtbo && dtbo.size > 0 && { recoveryDtboAt: dtbo.at }) }
}

function parseFrom3(bytes: Bytes, at: number, version: 3 | 4): BootImage | undefined {
  const reader = new Reader(bytes.view(at, SIZE_4), 'little', 8)
  const [kernel, ramdisk, release, size] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()]
  const reserved = reader.take(16)
  if (!SIZES_FROM_3.includes(size) || reserved.some((byte) => byte !== 0)) return undefined
  if (kernel === 0 && ramdisk === 0) return undefined
  reader.skip(4)
  const cmdline = cString(reader.take(1536))
  const signature = version === 4 ? reader.u32() : 0
  const { sections, end } = inPages(at + PAGE_FROM_3, PAGE_FROM_3, [
    ['kernel', kernel],
    ['ramdisk', ramdisk],
    ['boot_signature', signature],
  ])
  const told = { version, pageSize: PAGE_FROM_3, ...releaseOf(release), cmdline }
  return { version, told, sections, end }
}

/** Whether the id is what makes it out of the contents; undefined where it is empty. */
export function idMatches(bytes: Bytes, { version, sections, id }: BootImage): boolean | undefined {
  if (!id || id.every((byte) => byte === 0)) return undefined
  const short = id.subarray(20).every((byte) => byte === 0)
  const expected = latin1(short ? id.subarray(0, 20) : id)
  const paths = ['kernel', 'ramdisk', 'second']
  if (version > 0) paths.push('recovery_dtbo')
  if (version > 1) paths.push('dtb')
  const withDt = paths.toSpliced(3, 0, 'dt')
  // Some tools count the device trees of version 0 even where there are none.
  const tries = sections.some(({ path }) => path === 'dt') ? [withDt, paths] : [paths, withDt]
  return tries.some((list) => idOf(bytes, sections, list, short ? 'sha1' : 'sha256') === expected)
}

/** Each content, followed by its size. @throws BytesError */
function idOf(
  bytes: Bytes,
  sections: readonly Section[],
  paths: readonly string[],
  algorithm: string,
): string {
  const hash = createHash(algorithm)
  for (const path of paths) {
    const section = sections.find((one) => one.path === path)
    if (section) hashStretch(hash, bytes, section.at, section.length)
    const size = Buffer.alloc(4)
    size.writeUInt32LE(section?.length ?? 0)
    hash.update(size)
  }
  return latin1(hash.digest())
}
