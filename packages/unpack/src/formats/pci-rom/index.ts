import {
  type Bytes,
  DecodeError,
  EFI_COMPRESSION_HEADER,
  efiCompressionHeader,
  efiDecompress,
  forEachWindow,
  MAX_VIEW,
  type StreamEnd,
} from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { inBatches, program, wrapped } from '../members.ts'
import { PCI_DATA, type PciImage, pciImages, romStarts } from './parse.ts'

const WINDOW = 256 * 1024
const SECTOR = 512

interface Member {
  readonly path: string
  readonly image: PciImage
}

export const pciRom: ContainerFormat<readonly Member[]> = {
  kind: 'container',
  name: 'pci-rom',
  title: 'PCI option ROM (x86, EFI, Open Firmware)',
  references: [
    'PCI Firmware Specification 3.0, section 5.1',
    'UEFI Specification 2.10, section 14.4.2 and chapter 19 (compression)',
    'edk2, MdePkg/Include/IndustryStandard/Pci22.h and BaseTools/Source/C/EfiRom',
  ],
  limits: [
    'ROMs without PCI data (ISA) are not recognised',
    'FCode and what x86 code has compressed in itself are shown as they are',
  ],
  // Where EfiRom and iPXE, and where makers of graphics cards have their PCI data: elsewhere it is sought.
  magic: [
    { bytes: PCI_DATA, at: 0x1c },
    { bytes: PCI_DATA, at: 0x40 },
  ],
  carve: true,
  candidates: romStarts,

  recognise(bytes, at) {
    const last = pciImages(bytes, at).at(-1)
    return last && { start: at, end: Math.min(last.at + last.length, bytes.size) }
  },

  open: (bytes, region, problem) => inBatches(membersOf(bytes, region, problem), ({ image }) => image.length),

  read(bytes, region, plan, sink) {
    for (const member of plan) show(bytes, region, member, sink)
  },
}

function* membersOf(bytes: Bytes, { start, end }: Region, problem: Sink['problem']): Generator<Member> {
  const images = pciImages(bytes, start)
  for (const [index, image] of images.entries()) {
    const path = `${hex(image.vendor)}-${hex(image.device)}/${index}-${nameOf(image)}`
    const isCut = image.at + image.length > end
    if (isCut) problem('truncated', `${image.length} bytes are announced, ${end - image.at} are there`, path)
    else if (image.kind === 'x86' && !sumHolds(bytes, image))
      problem('checksum', 'the bytes of the image do not add up to 0', path)
    yield { path, image }
  }
  const last = images.at(-1) as PciImage
  if (!last.isLast && last.at + last.length <= end)
    problem('structure', 'the last image says that another one follows')
}

function hex(id: number): string {
  return id.toString(16).padStart(4, '0')
}

function nameOf({ kind, efi }: PciImage): string {
  return efi ? `${efi.machine}.efi` : `${kind}.bin`
}

/** Over the size that the code itself tells, or over the whole image: makers do the one or the other. */
function sumHolds(bytes: Bytes, { at, length }: PciImage): boolean {
  const told = (bytes.view(at + 2, 1)[0] as number) * SECTOR
  let sum = 0
  let sumOfTold: number | undefined
  let done = 0
  forEachWindow(bytes, at, at + length, WINDOW, 0, (window) => {
    for (const byte of window) {
      sum += byte
      if (++done === told) sumOfTold = sum
    }
    return true
  })
  return sum % 256 === 0 || (sumOfTold !== undefined && sumOfTold % 256 === 0)
}

function show(bytes: Bytes, { end }: Region, { path, image }: Member, sink: Sink): void {
  const { kind, body, efi } = image
  const room = Math.min(body.length, end - body.at)
  if (room <= 0) return
  if (efi?.isCompressed) sink.stream(wrapped(path), (write) => decompress(bytes, body.at, room, write))
  else sink.slice(kind === 'x86' ? program(path) : wrapped(path), body.at, room)
}

/** The specification's own compression, the only one that a driver of the bus undoes. */
function decompress(bytes: Bytes, at: number, room: number, write: (chunk: Uint8Array) => void): StreamEnd {
  const head = bytes.view(at, Math.min(room, EFI_COMPRESSION_HEADER))
  const size = EFI_COMPRESSION_HEADER + (efiCompressionHeader(head)?.compressed ?? 0)
  const ends = { end: at + Math.min(size, room), checksum: 'none' } as const
  try {
    efiDecompress(bytes.view(at, Math.min(size, room, MAX_VIEW)), 'efi', write)
    return ends
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { ...ends, problem: { code: error.code, message: error.message } }
  }
}
