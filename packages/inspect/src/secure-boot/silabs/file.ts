import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { type Bytes, forEachWindow, Reader } from '@messlatte/bytes'
import { GBL_KIND, parseEbl, parseGbl, type SilabsTag } from '@messlatte/unpack'
import { readApplication } from './application.ts'
import type { SignedDigest, SilabsCertificate, SilabsFact } from './facts.ts'

/** Numbers of tags; Gecko SDK, btl_gbl_format.h. */
const SIGNATURE = 0xf70a0af7
const CERTIFICATE = 0xf30b0bf3
const APPLICATION = 0xf40a0af4
const END = 0xfc0404fc
const PROGRAM = 0xfe0101fe
const ERASE_AND_PROGRAM = 0xfd0303fd
const EBL_ENCRYPTED = 0xfb05
/** The CRC-32 of everything together with its own CRC-32. */
const RESIDUE = 0x2144df1c
const TAG_HEADER = 8
const MAX_NAMES = 32
const STEP = 256 * 1024

export function readGbl(bytes: Bytes): SilabsFact | undefined {
  const file = parseGbl(bytes, 0)
  if (!file) return undefined
  const { tags, end, whole } = file
  const inside = tags.filter(({ at, length }) => at + length <= bytes.size)
  const at = inside.findIndex(({ id, length }) => id === SIGNATURE && length === 64)
  const signature = inside[at]
  const application = inside.find(({ id, length }) => id === APPLICATION && length >= 12)
  return {
    container: 'gbl',
    encrypted: file.encrypted,
    announced: file.signed,
    intact: whole && checksumHolds(bytes, end),
    whole,
    version: application && new Reader(bytes.view(application.at, 8), 'little', 4).u32(),
    signed: signature && signedUpTo(bytes, signature.at - TAG_HEADER, signature.at),
    certificate: certificateOf(bytes, signature ? inside.slice(0, at) : inside),
    behind: signature ? namesOf(tags.slice(tags.indexOf(signature) + 1).filter(({ id }) => id !== END)) : [],
    tags: namesOf(tags),
    application: readApplication(
      bytes,
      inside.find(({ id }) => id === PROGRAM || id === ERASE_AND_PROGRAM),
    ),
  }
}

/** Files for older chips have no place for a signature; encrypted ones have a code that a shared key makes. */
export function readEbl(bytes: Bytes): SilabsFact | undefined {
  const file = parseEbl(bytes, 0)
  if (!file) return undefined
  return {
    container: 'ebl',
    encrypted: file.tags.some(({ id }) => id === EBL_ENCRYPTED),
    announced: false,
    intact: file.whole && checksumHolds(bytes, file.end),
    whole: file.whole,
    version: undefined,
    signed: undefined,
    certificate: undefined,
    behind: [],
    tags: [],
    application: undefined,
  }
}

function namesOf(tags: readonly SilabsTag[]): readonly string[] {
  const names = tags.map(({ id }) => GBL_KIND.names[id] ?? `tag-0x${id.toString(16)}`)
  return [...new Set(names)].slice(0, MAX_NAMES)
}

function checksumHolds(bytes: Bytes, end: number): boolean {
  let sum = 0
  forEachWindow(bytes, 0, end, STEP, 0, (window) => {
    sum = crc32(window, sum)
    return true
  })
  return sum === RESIDUE
}

function signedUpTo(bytes: Bytes, end: number, at: number): SignedDigest {
  return { signature: hexAt(bytes, at, 64), digest: sha256Of(bytes, 0, end), offset: at }
}

/** SHA-256 (hex) of a stretch. */
export function sha256Of(bytes: Bytes, from: number, to: number): string {
  const hash = createHash('sha256')
  forEachWindow(bytes, from, to, STEP, 0, (window) => {
    hash.update(window)
    return true
  })
  return hash.digest('hex')
}

export function hexAt(bytes: Bytes, at: number, length: number): string {
  return Buffer.from(bytes.view(at, length)).toString('hex')
}

/** Version and flags in four bytes, the key, its version, and a signature over all of that. */
const CERTIFICATE_SIZE = 136
const CERTIFICATE_SIGNED = 72

function certificateOf(bytes: Bytes, tags: readonly SilabsTag[]): SilabsCertificate | undefined {
  const tag = tags.find(({ id, length }) => id === CERTIFICATE && length === CERTIFICATE_SIZE)
  if (!tag) return undefined
  const { at } = tag
  return {
    key: hexAt(bytes, at + 4, 64),
    version: new Reader(bytes.view(at + 68, 4), 'little').u32(),
    signed: {
      signature: hexAt(bytes, at + CERTIFICATE_SIGNED, 64),
      digest: sha256Of(bytes, at, at + CERTIFICATE_SIGNED),
      offset: at + CERTIFICATE_SIGNED,
    },
  }
}
