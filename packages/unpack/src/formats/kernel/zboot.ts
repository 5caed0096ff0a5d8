import { type Bytes, cString, Reader } from '@messlatte/bytes'
import type { KernelImage } from './parse.ts'
import { parsePeBounds } from './pe.ts'

const HEADER = 64
const COMPRESSIONS = new Set(['gzip', 'lz4', 'lzma', 'lzo', 'xzkern', 'zstd', 'zstd22', 'bzip2', 'xz'])

/** An EFI program that unpacks the kernel (drivers/firmware/efi/libstub/zboot-header.S): little endian. */
export function parseZboot(bytes: Bytes, at: number): KernelImage | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little', 8)
  const [offset, length] = [reader.u32(), reader.u32()]
  reader.skip(8)
  if (!COMPRESSIONS.has(cString(reader.take(32)))) return undefined
  const pe = parsePeBounds(bytes, at)
  if (!pe || offset < HEADER || length === 0 || at + offset + length > pe.end) return undefined
  const payload = { path: 'payload', at: at + offset, length }
  const { certificates } = pe
  const signed = certificates && certificates.at >= pe.end && certificates.at < pe.end + 4096
  return {
    variant: 'efi-zboot',
    end: signed ? certificates.at + certificates.length : pe.end,
    endIsBound: false,
    parts: signed ? [payload, { path: 'certificates', ...certificates }] : [payload],
  }
}
