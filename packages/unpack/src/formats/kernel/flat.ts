import { type Bytes, consistsOf, Reader } from '@messlatte/bytes'
import type { KernelImage } from './parse.ts'
import { parsePeBounds } from './pe.ts'

const HEADER = 64
const LEAST = 4096
/** Bytes; no kernel comes near it. */
const MOST = 512 * 1024 * 1024
/** Highest version of the header of RISC-V, major in the upper half, of which we know. */
const MAX_VERSION = 0x0002_0000

/**
 * The header of an uncompressed kernel (Documentation/arch/arm64/booting.rst, Documentation/arch/riscv/boot-image-header.rst):
 * u64 numbers, little endian also in kernels that are not. What it holds is left to the walk.
 */
export function parseFlatImage(
  bytes: Bytes,
  at: number,
  variant: 'arm64-image' | 'riscv-image',
): KernelImage | undefined {
  if (at + HEADER > bytes.size) return undefined
  const reader = new Reader(bytes.view(at, HEADER), 'little', 8)
  const [textOffset, size, flags] = [reader.size64(), reader.size64(), reader.size64()]
  const reserved = variant === 'arm64-image' ? areZero(bytes, at + 32, 24) : isRiscv(bytes, at)
  // Before Linux 3.17 the size is 0: then nothing tells where an image ends.
  if (!reserved || flags > 0xff || textOffset > 0x0100_0000 || size < LEAST || size > MOST) return undefined
  const pe = parsePeBounds(bytes, at)
  const exact = pe && pe.end > at + HEADER && pe.end <= at + size
  const end = exact ? pe.end : at + size
  const body = { path: 'body', at: at + HEADER, length: end - at - HEADER }
  const { certificates } = pe ?? {}
  const signed = exact && certificates && certificates.at >= end && certificates.at < end + 4096
  return {
    variant,
    end: signed ? certificates.at + certificates.length : end,
    // Where a PE header is announced and cut off, more than that is missing.
    endIsBound: !exact && new Reader(bytes.view(at + 60, 4), 'little').u32() === 0,
    parts: signed ? [body, { path: 'certificates', ...certificates }] : [body],
  }
}

function areZero(bytes: Bytes, at: number, length: number): boolean {
  return consistsOf(bytes.view(at, length), 0)
}

/** Version, two reserved numbers, and the first magic. */
function isRiscv(bytes: Bytes, at: number): boolean {
  const reader = new Reader(bytes.view(at + 32, 24), 'little')
  return (
    reader.u32() <= MAX_VERSION &&
    reader.u32() === 0 &&
    reader.u64() === 0n &&
    reader.latin1(8) === 'RISCV\0\0\0'
  )
}
