import type { Bytes, Extent } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { jsonText, program, type StoredMember, showStored, showText, wrapped } from '../members.ts'
import { nxpCertificateMembers } from '../nxp-certificates.ts'
import { nxpKeys } from '../nxp-keys.ts'
import { steppedPlaces } from '../places.ts'
import { decryptProgram, findMbiKey, MBI_KEY } from './decrypt.ts'
import { HEADER, isCrcType, type Mbi, mbiHead, mbiSettings, parseMbi, WORDS } from './parse.ts'
import { summaryOf } from './summary.ts'

const SUMMARY = 'mbi.json'
const PROGRAM = 'program'
/** Bytes: the least that flash is erased by. */
const STEP = 0x200
/** So often, at most, the bytes of a stretch are summed up, whatever headers say. */
const MOST_SUMS = 4

interface MbiPlan {
  /** Which of the keys decrypts it, by its place. */
  readonly key: number | undefined
}

export const nxpMbi: ContainerFormat<MbiPlan> = {
  kind: 'container',
  name: 'nxp-mbi',
  title: 'NXP master boot image (LPC55, i.MX RT500 and RT600, MCX N, KW45, RW61x)',
  references: [
    'NXP, UM11126 (LPC55S6x) and UM11147 (i.MX RT600), chapters on images of the boot ROM',
    'spsdk 3.12.0, spsdk/image/mbi and spsdk/image/cert_block',
  ],
  limits: [
    'signatures and digests are shown, not verified',
    'plain images, and those whose CRC differs, are taken for any other program',
    "encrypted images are shown as they are without their key (`--key`); TrustZone's settings in them are not shown",
    'images with other headers (MC56F8, S32K) are not taken',
  ],
  magic: [],
  carve: true,

  *candidates(bytes, gap) {
    let left = (gap.end - gap.start) * MOST_SUMS
    const fits = (window: Uint8Array, at: number) => mbiHead(window, at) !== undefined
    for (const at of steppedPlaces(bytes, gap, { step: STEP, needed: HEADER }, fits)) {
      const head = mbiHead(bytes.view(at, HEADER), 0)
      if (!head) continue
      if (isCrcType(head.type)) left -= head.length
      if (left >= 0 || !isCrcType(head.type)) yield at
    }
  },

  recognise(bytes, at) {
    const image = parseMbi(bytes, at)
    return image && { start: at, end: Math.min(at + image.length, bytes.size) }
  },

  *open(bytes, region, problem, keys) {
    const image = parseMbi(bytes, region.start) as Mbi
    if (region.start + image.length > bytes.size)
      problem('truncated', 'the image ends within its signature', SUMMARY)
    if (image.signed && mbiSettings(bytes, region.start, image.signed).crc === 'differs')
      problem('checksum', 'the CRC of the manifest differs', SUMMARY)
    const key = image.signed && findMbiKey(bytes, region.start, image.signed, keys)
    if (isEncrypted(image) && key === undefined) problem('unsupported', 'it is encrypted', PROGRAM)
    const members = membersOf(bytes, region, image)
    yield { cost: region.end - region.start, entries: members.length + 2, plan: { key } }
  },

  read(bytes, region, { key }, sink) {
    const image = parseMbi(bytes, region.start) as Mbi
    showText(SUMMARY, jsonText(summaryOf(image)), sink)
    showProgram(bytes, region, image, key, sink)
    for (const member of membersOf(bytes, region, image)) if (isThere(bytes, member)) showStored(member, sink)
  },
}

function isEncrypted({ type }: Mbi): boolean {
  return type === 'encrypted-ram'
}

/** As it was linked: without what is put in between, and with zeros where the words of the boot header stand. */
function showProgram(bytes: Bytes, { start }: Region, image: Mbi, key: number | undefined, sink: Sink): void {
  const { programEnd, signed } = image
  const added = (signed?.mac?.length ?? 0) + (signed?.keyStore?.length ?? 0)
  const size = programEnd - start - added
  const secret = key === undefined || !isEncrypted(image) ? undefined : nxpKeys(sink.keys, MBI_KEY)[key]
  if (signed && secret) {
    sink.file(program(PROGRAM), size, (out) =>
      decryptProgram(bytes, start, signed, { programEnd, added }, secret, out),
    )
    return
  }
  const extents: Extent[] = []
  let from = 0
  for (const word of WORDS) {
    if (word > from) extents.push({ at: from, length: word - from, from: start + from })
    from = word + 4
  }
  extents.push({ at: from, length: HEADER - from, from: start + from })
  if (size > HEADER) extents.push({ at: HEADER, length: size - HEADER, from: start + HEADER + added })
  sink.mapped(program(PROGRAM), size, extents)
}

function membersOf(bytes: Bytes, { start }: Region, { signed }: Mbi): readonly StoredMember[] {
  if (!signed) return []
  const { certificates, keyStore, signature } = signed
  const { settings } = mbiSettings(bytes, start, signed)
  return [
    ...nxpCertificateMembers(certificates),
    ...(settings ? [{ meta: wrapped('trustzone'), content: settings }] : []),
    ...(keyStore ? [{ meta: wrapped('key-store'), content: keyStore }] : []),
    { meta: wrapped('signature'), content: signature },
  ]
}

function isThere(bytes: Bytes, { content }: StoredMember): boolean {
  return content !== undefined && content.at + content.length <= bytes.size
}
