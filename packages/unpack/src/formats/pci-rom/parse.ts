import { type Bytes, createSearch, latin1, Reader } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import type { Stored } from '../members.ts'

const MAGIC = '\x55\xaa'
export const PCI_DATA = 'PCIR'
/** Up to behind the pointer to the PCI data, in bytes. */
const HEADER = 0x1a
const LEAST_DATA = 24
/** Where code for x86 is entered, behind the magic and its size. */
const ENTRY = 3
/** Lengths are told in these. */
const SECTOR = 512
const EFI_SIGNATURE = 0x0ef1
const MOST_IMAGES = 32
/** How far in front of PCI data an image is sought, in bytes: real ones have it within the first few hundred. */
const SOUGHT = 1024
/** As often is PCI data looked at in one stretch. */
const MOST_SOUGHT = 4096
const LAST = 0x80

const search = createSearch([PCI_DATA])

/** Of the PCI data: what can run the image. 0xff is what iPXE gives to a part that only its own code reads. */
const CODE_TYPES: Readonly<Record<number, PciImage['kind']>> = {
  0: 'x86',
  1: 'open-firmware',
  2: 'pa-risc',
  3: 'efi',
  255: 'data',
}
/** Of PE. */
const MACHINES: Readonly<Record<number, string>> = {
  332: 'ia32',
  512: 'ia64',
  3772: 'ebc',
  450: 'arm',
  34404: 'x86_64',
  43620: 'aarch64',
  20580: 'riscv64',
  25188: 'loongarch64',
}

/** One image of a ROM. */
export interface PciImage {
  readonly kind: 'x86' | 'open-firmware' | 'pa-risc' | 'efi' | 'data'
  readonly at: number
  /** Bytes. */
  readonly length: number
  readonly vendor: number
  readonly device: number
  /** Whether it says that no image follows. */
  readonly isLast: boolean
  /** What it holds: for x86 from its entry on, for Open Firmware the FCode, for EFI a program. Never the header. */
  readonly body: Stored
  /** Of an EFI image: what its program runs on, and whether it is compressed. */
  readonly efi?: { readonly machine: string; readonly isCompressed: boolean }
}

/** The images from `at` on, each behind the other. None, where none begins there; the last one may go over the end. */
export function pciImages(bytes: Bytes, at: number): readonly PciImage[] {
  const images: PciImage[] = []
  for (let next = at; images.length < MOST_IMAGES; ) {
    const image = imageAt(bytes, next)
    if (!image) break
    images.push(image)
    next = image.at + image.length
    if (image.isLast) break
  }
  return images
}

/**
 * The image at `at`: 0x55 0xAA, and at 0x18 (u16) where its PCI data is. That is: `PCIR`, u16 vendor, u16 device, u16, u16
 * length, u8 revision, 3 bytes class, u16 sectors of the image, u16, u8 code type, u8 whose highest bit marks the last image.
 */
function imageAt(bytes: Bytes, at: number): PciImage | undefined {
  if (at + HEADER > bytes.size || latin1(bytes.view(at, MAGIC.length)) !== MAGIC) return undefined
  const dataAt = new Reader(bytes.view(at, HEADER), 'little', 0x18).u16()
  if (dataAt < HEADER || at + dataAt + LEAST_DATA > bytes.size) return undefined
  const reader = new Reader(bytes.view(at + dataAt, LEAST_DATA), 'little')
  if (reader.latin1(PCI_DATA.length) !== PCI_DATA) return undefined
  const [vendor, device] = [reader.u16(), reader.u16()]
  reader.skip(2)
  const [dataLength, revision] = [reader.u16(), reader.u8()]
  reader.skip(3)
  const length = reader.u16() * SECTOR
  reader.skip(2)
  const kind = CODE_TYPES[reader.u8()]
  const isLast = (reader.u8() & LAST) !== 0
  if (!kind || revision > 3 || dataLength < LEAST_DATA || dataAt + dataLength > length) return undefined
  const body = bodyOf(bytes, at, length, kind)
  return body && { kind, at, length, vendor, device, isLast, ...body }
}

function bodyOf(
  bytes: Bytes,
  at: number,
  length: number,
  kind: PciImage['kind'],
): Pick<PciImage, 'body' | 'efi'> | undefined {
  if (kind === 'efi') return efiProgram(bytes, at, length)
  const from = kind === 'open-firmware' ? new Reader(bytes.view(at, HEADER), 'little', 2).u16() : ENTRY
  return from < ENTRY || from >= length ? undefined : { body: { at: at + from, length: length - from } }
}

/** From 2 on: u16 sectors, u32 signature, u16 subsystem, u16 machine, u16 compression, 8 zeros, u16 where the program is. */
function efiProgram(bytes: Bytes, at: number, length: number): Pick<PciImage, 'body' | 'efi'> | undefined {
  const reader = new Reader(bytes.view(at, HEADER), 'little', 2)
  const size = reader.u16() * SECTOR
  if (reader.u32() !== EFI_SIGNATURE) return undefined
  reader.skip(2)
  const [machine, compression] = [reader.u16(), reader.u16()]
  reader.skip(8)
  const from = reader.u16()
  if (size > length || from < HEADER || from >= size || compression > 1) return undefined
  return {
    body: { at: at + from, length: size - from },
    efi: {
      machine: MACHINES[machine] ?? `machine-0x${machine.toString(16)}`,
      isCompressed: compression === 1,
    },
  }
}

/** Where ROMs may begin in a stretch, in ascending order: their own magic is too short, so their PCI data is looked for. */
export function romStarts(bytes: Bytes, gap: Region): readonly number[] {
  const starts: number[] = []
  let hits = 0
  const push = (_: number, hit: number) => {
    const from = Math.max(gap.start, hit - SOUGHT)
    const start = headerIn(bytes.view(from, hit - from))
    if (start !== undefined && from + start > (starts.at(-1) ?? -1)) starts.push(from + start)
    return ++hits < MOST_SOUGHT
  }
  search(bytes, push, gap.start, gap.end)
  return starts
}

/** Where in `before` a header begins whose PCI data lies right behind `before`. */
function headerIn(before: Uint8Array): number | undefined {
  for (let at = 0; at + HEADER <= before.length; at++) {
    if (before[at] !== 0x55 || before[at + 1] !== 0xaa) continue
    if (new Reader(before, 'little', at + 0x18).u16() === before.length - at) return at
  }
  return undefined
}
