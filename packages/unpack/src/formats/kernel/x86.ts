import { type Bytes, Reader } from '@messlatte/bytes'
import type { KernelImage, KernelPart } from './parse.ts'
import { parsePeBounds } from './pe.ts'

const SECTOR = 512
/** Bytes of the setup header that are looked at. */
const HEADER = 0x250
const MAX_VERSION = 0x02ff
/** Since these versions of the boot protocol the size has four bytes, and the place of the payload is told. */
const LONG_SIZE = 0x0204
const PAYLOAD = 0x0208
const BOOT_FLAG = 0xaa55
const LEAST = 1024
/** Bytes in which the header counts: of the last one, tools other than Linux's build write what they need. */
const PARAGRAPH = 16

/** The setup header of a bzImage or of an old zImage (Linux/x86 boot protocol): little endian. */
export function parseBzimage(bytes: Bytes, at: number): KernelImage | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little', 0x1f1)
  const setupSectors = reader.u8() || 4
  reader.at = 0x1f4
  const [longSize, shortSize] = [reader.u32(), new Reader(bytes.view(at + 0x1f4, 2), 'little').u16()]
  reader.at = 0x1fe
  const flag = reader.u16()
  reader.at = 0x206
  const version = reader.u16()
  const size = (version >= LONG_SIZE ? longSize : shortSize) * PARAGRAPH
  const setup = (setupSectors + 1) * SECTOR
  const sane = flag === BOOT_FLAG && version >= 0x0200 && version <= MAX_VERSION && setupSectors <= 64
  if (!sane || size < LEAST) return undefined
  const announcedEnd = at + setup + size
  const protectedEnd =
    announcedEnd - bytes.size < PARAGRAPH ? Math.min(announcedEnd, bytes.size) : announcedEnd
  const pe = parsePeBounds(bytes, at)
  const certificates = pe?.certificates
  // Signing appends the certificates at once behind the kernel.
  const signed = certificates && certificates.at >= protectedEnd && certificates.at < protectedEnd + SECTOR
  const parts: KernelPart[] = signed ? [{ path: 'certificates', ...certificates }] : []
  const end = signed ? certificates.at + certificates.length : protectedEnd
  const base = { variant: 'x86-bzimage', end, endIsBound: false } as const
  const search = { at: at + setup, length: protectedEnd - at - setup }
  if (version < PAYLOAD) return { ...base, parts, search }
  reader.at = 0x248
  const [offset, length] = [reader.u32(), reader.u32()]
  if (length === 0) return { ...base, parts, search }
  if (offset + length > size) return undefined
  return { ...base, parts: [{ path: 'payload', at: search.at + offset, length }, ...parts] }
}
