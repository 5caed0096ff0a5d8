import { type Bytes, Reader } from '@messlatte/bytes'
import { type Elf, type ElfSection, parseElf, SEGMENT } from '../elf/parse.ts'
import type { Stored } from '../members.ts'
import type { KernelImage } from './parse.ts'
import { findPayload } from './payload.ts'

const MIPS = 8
const MAX_SEGMENTS = 16
/** Data that the unpacking program has of its own, in bytes; the compressed kernel lies behind it. */
const OWN_DATA = 4096
/** Sections that kernels have, and programs do not. */
const VMLINUX = ['.init.text', '.init.data', '__param', '__ksymtab', '__ex_table']
const ENOUGH = 3

/**
 * A kernel as an ELF file: `vmlinux` itself, or MIPS's `vmlinuz`, a program that holds the compressed one in its data. All
 * other ELF files are undefined: programs lie in the lower half of memory, which one look at the header tells.
 */
export function parseKernelElf(bytes: Bytes, at: number): KernelImage | undefined {
  if (!liesInUpperHalf(bytes, at)) return undefined
  const elf = parseElf(bytes, at)
  const base = { end: at + elf.size, endIsBound: false }
  const payload = elf.machine === MIPS ? payloadOf(bytes, at, elf) : undefined
  if (payload) return { ...base, variant: 'mips-vmlinuz', parts: [{ path: 'payload', ...payload }] }
  const names = new Set(elf.sections.map(({ name }) => name))
  if (VMLINUX.filter((name) => names.has(name)).length < ENOUGH) return undefined
  const loaded = elf.segments.filter(({ type, fileSize }) => type === SEGMENT.load && fileSize > 0)
  const parts = loaded.slice(0, MAX_SEGMENTS).map(({ offset, fileSize }, index) => ({
    path: `segment-${index}`,
    at: at + offset,
    length: fileSize,
  }))
  return { ...base, variant: 'vmlinux', parts }
}

function liesInUpperHalf(bytes: Bytes, at: number): boolean {
  if (at + 64 > bytes.size) return false
  const head = bytes.view(at, 64)
  const is64 = head[4] === 2
  const endian = head[5] === 2 ? 'big' : 'little'
  const reader = new Reader(head, endian, 16)
  const type = reader.u16()
  if (type !== 2 && type !== 3) return false
  reader.at = is64 ? 32 : 28
  const table = is64 ? reader.size64() : reader.u32()
  reader.at = is64 ? 54 : 42
  const [size, count] = [reader.u16(), reader.u16()]
  if (size !== (is64 ? 56 : 32) || count > MAX_SEGMENTS || at + table + size * count > bytes.size)
    return false
  const segments = new Reader(bytes.view(at + table, size * count), endian)
  for (let index = 0; index < count; index++) {
    segments.at = index * size
    if (segments.u32() !== SEGMENT.load) continue
    segments.at = index * size + (is64 ? 16 : 8)
    return is64 ? segments.u64() >= 1n << 63n : segments.u32() >= 0x8000_0000
  }
  return false
}

function payloadOf(bytes: Bytes, at: number, elf: Elf): Stored | undefined {
  const data = elf.sections.find(({ name }: ElfSection) => name === '.data')
  if (!data || at + data.offset + data.size > bytes.size) return undefined
  const start = at + data.offset
  return findPayload(bytes, { at: start, length: data.size }, OWN_DATA)
}
