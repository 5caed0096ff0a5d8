import { type Bytes, Reader } from '@messlatte/bytes'
import { type Elf, type ElfSection, parseElf, SEGMENT } from '../elf/parse.ts'
import type { Stored } from '../members.ts'
import type { KernelImage } from './parse.ts'
import { findPayload } from './payload.ts'

const MIPS = 8
const POWERPC = [20, 21]
/** Where programs of PowerPC begin; the wrapper of a kernel lies below. */
const POWERPC_PROGRAMS = 0x1000_0000n
/** arch/powerpc/boot/wrapper: sections with what it carries, and as what. */
const CARRIED: Readonly<Record<string, string>> = {
  '.kernel:vmlinux.strip': 'payload',
  '.kernel:initrd': 'initrd',
  '.kernel:dtb': 'dtb',
  '.kernel:esm_blob': 'esm-blob',
}
const MAX_SEGMENTS = 16
/** Data that the unpacking program has of its own, in bytes; the compressed kernel lies behind it. */
const OWN_DATA = 4096
/** Sections that kernels have, and programs do not. */
const VMLINUX = ['.init.text', '.init.data', '__param', '__ksymtab', '__ex_table']
const ENOUGH = 3

/**
 * A kernel as an ELF file: `vmlinux` itself, MIPS's `vmlinuz`, a program that holds the compressed one in its data, or
 * PowerPC's zImage, which has a section for it. All other ELF files are undefined: programs lie elsewhere in memory, which
 * one look at the header tells.
 */
export function parseKernelElf(bytes: Bytes, at: number): KernelImage | undefined {
  const first = firstLoaded(bytes, at)
  if (first === undefined) return undefined
  const { machine, address, upperHalf } = first
  if (address < upperHalf) {
    const isWrapper = POWERPC.includes(machine) && address < POWERPC_PROGRAMS
    return isWrapper ? parseWrapper(bytes, at) : undefined
  }
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

function parseWrapper(bytes: Bytes, at: number): KernelImage | undefined {
  const elf = parseElf(bytes, at)
  const parts = elf.sections.flatMap(({ name, offset, size }) => {
    const path = CARRIED[name]
    return path === undefined || size === 0 ? [] : [{ path, at: at + offset, length: size }]
  })
  if (!parts.some(({ path }) => path === 'payload')) return undefined
  return { variant: 'powerpc-zimage', end: at + elf.size, endIsBound: false, parts }
}

interface FirstLoaded {
  readonly machine: number
  /** Of the first segment that is loaded, and where the upper half of memory begins. */
  readonly address: bigint
  readonly upperHalf: bigint
}

function firstLoaded(bytes: Bytes, at: number): FirstLoaded | undefined {
  if (at + 64 > bytes.size) return undefined
  const head = bytes.view(at, 64)
  const is64 = head[4] === 2
  const endian = head[5] === 2 ? 'big' : 'little'
  const reader = new Reader(head, endian, 16)
  const [type, machine] = [reader.u16(), reader.u16()]
  if (type !== 2 && type !== 3) return undefined
  reader.at = is64 ? 32 : 28
  const table = is64 ? reader.size64() : reader.u32()
  reader.at = is64 ? 54 : 42
  const [size, count] = [reader.u16(), reader.u16()]
  if (size !== (is64 ? 56 : 32) || count > MAX_SEGMENTS || at + table + size * count > bytes.size)
    return undefined
  const segments = new Reader(bytes.view(at + table, size * count), endian)
  const upperHalf = is64 ? 1n << 63n : 1n << 31n
  for (let index = 0; index < count; index++) {
    segments.at = index * size
    if (segments.u32() !== SEGMENT.load) continue
    segments.at = index * size + (is64 ? 16 : 8)
    return { machine, address: is64 ? segments.u64() : BigInt(segments.u32()), upperHalf }
  }
  return undefined
}

function payloadOf(bytes: Bytes, at: number, elf: Elf): Stored | undefined {
  const data = elf.sections.find(({ name }: ElfSection) => name === '.data')
  if (!data || at + data.offset + data.size > bytes.size) return undefined
  const start = at + data.offset
  return findPayload(bytes, { at: start, length: data.size }, OWN_DATA)
}
