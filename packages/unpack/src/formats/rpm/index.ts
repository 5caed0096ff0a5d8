import { createHash } from 'node:crypto'
import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat } from '../../contract.ts'
import { announced, hashStretch, jsonText, showStored, showText } from '../members.ts'
import { isLead, LEAD, LEAD_MAGIC, type RpmHeader, readHeader } from './header.ts'

/** Tags of the header with digests and signatures. */
const SIGNATURE = { size: 1000, md5: 1004, longSize: 270, sha256: 273 } as const
const TEXTS = { name: 1000, version: 1001, release: 1002, summary: 1004, license: 1014, arch: 1022 } as const
const SCRIPTS = {
  prein: 1023,
  postin: 1024,
  preun: 1025,
  postun: 1026,
  pretrans: 1151,
  posttrans: 1152,
} as const

export const rpm: ContainerFormat<null> = {
  kind: 'container',
  name: 'rpm',
  title: 'RPM package',
  references: ['RPM Reference Manual, "Package format"'],
  limits: [
    'signatures are not verified',
    'packages without a size, and those whose headers are cut off, are not recognised',
  ],
  magic: [{ bytes: LEAD_MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const found = readPackage(bytes, at)
    return found && { start: at, end: Math.min(found.end, bytes.size) }
  },

  open: (_bytes, { start, end }) => [{ cost: end - start, entries: 2, plan: null }],

  read(bytes, { start }, _plan, sink) {
    const { signature, header, headerAt, end } = readPackage(bytes, start) as RpmPackage
    if (end <= bytes.size) tellDigests(bytes, { signature, header, headerAt, end }, sink.problem)
    const texts = Object.entries(TEXTS).map(([name, tag]) => [name, header.text(tag)])
    showText('package.json', jsonText(Object.fromEntries(texts)), sink)
    for (const [name, tag] of Object.entries(SCRIPTS)) {
      const text = header.text(tag)
      if (text !== undefined) showText(`scripts/${name}`, Buffer.from(text, 'latin1').toString(), sink)
    }
    showStored(announced(bytes, 'payload', { at: header.end, length: end - header.end }, sink.problem), sink)
  },
}

interface RpmPackage {
  readonly signature: RpmHeader
  readonly header: RpmHeader
  readonly headerAt: number
  readonly end: number
}

/** Lead, signatures (filled to eight bytes), header, payload; the size is of the last two. */
function readPackage(bytes: Bytes, start: number): RpmPackage | undefined {
  if (!isLead(bytes, start)) return undefined
  const signature = readHeader(bytes, start + LEAD)
  if (!signature) return undefined
  const headerAt = start + LEAD + Math.ceil((signature.end - start - LEAD) / 8) * 8
  const header = readHeader(bytes, headerAt)
  const size = signature.number(SIGNATURE.longSize) ?? signature.number(SIGNATURE.size)
  if (!header || size === undefined || headerAt + size < header.end) return undefined
  return { signature, header, headerAt, end: headerAt + size }
}

function tellDigests(
  bytes: Bytes,
  { signature, header, headerAt, end }: RpmPackage,
  problem: (code: 'checksum', message: string) => void,
): void {
  const digestOf = (kind: string, to: number) =>
    hashStretch(createHash(kind), bytes, headerAt, to - headerAt).digest('hex')
  const md5 = signature.binary(SIGNATURE.md5)
  if (md5 !== undefined && digestOf('md5', end) !== md5) problem('checksum', 'the MD5 differs')
  const sha256 = signature.text(SIGNATURE.sha256)
  if (sha256 !== undefined && digestOf('sha256', header.end) !== sha256)
    problem('checksum', 'the SHA-256 of the header differs')
}
