import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import {
  crc32Of,
  inBatches,
  program,
  type StoredMember,
  showStored,
  whatIsThere,
  wrapped,
} from '../members.ts'
import { MAGIC, parseUimageHeader, partsOf, type UimageHeader, VENDOR_MAGICS } from './parse.ts'

export const uimage: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'uimage',
  title: 'U-Boot legacy image (uImage)',
  references: [
    'U-Boot, include/image.h, struct legacy_img_hdr',
    'U-Boot, boot/image.c, image_multi_getimg',
    'OpenWrt firmware-utils, src/uimage_sgehdr.c, src/uimage_padhdr.c and src/dns313-header.c',
  ],
  limits: ['of makers\u2019 own magics only some are searched for'],
  magic: [MAGIC, ...VENDOR_MAGICS].map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const header = parseUimageHeader(bytes, at)
    return header && { start: at, end: Math.min(header.dataAt + header.size, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), (member) => member.content?.length ?? 0),

  read(_bytes, _region, plan, sink) {
    for (const member of plan) showStored(member, sink)
  },
}

/** Numbers of include/image.h for what a processor runs: standalone programs, kernels, firmware. */
const PROGRAMS: ReadonlySet<number> = new Set([1, 2, 5, 14, 15])

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<StoredMember> {
  const header = parseUimageHeader(bytes, region.start) as UimageHeader
  if (!header.headerCrcMatches) problem('checksum', 'the CRC of the header differs')
  const end = header.dataAt + header.size
  const cut = end > bytes.size
  if (cut) problem('truncated', `${header.size} bytes are announced, ${bytes.size - header.dataAt} are there`)
  else if (crc32Of(bytes, header.dataAt, header.size) !== header.dataCrc)
    problem('checksum', 'the CRC of the data differs')
  const parts = partsOf(bytes, header)
  if (!parts) problem('structure', 'the list of sizes does not fit the data')
  for (const [index, part] of (parts ?? [{ at: header.dataAt, length: header.size }]).entries()) {
    const path = parts && parts.length > 1 ? `part-${index}` : 'payload'
    const whole = part.at + part.length <= bytes.size
    if (!whole) problem('truncated', 'the image ends within this content', path)
    const meta = PROGRAMS.has(header.type) ? program(path) : wrapped(path)
    yield { meta, content: whole ? part : whatIsThere(bytes, part.at) }
  }
}
