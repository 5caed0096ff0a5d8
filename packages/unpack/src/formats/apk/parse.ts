import { type Bytes, gzipMemberStream, memoryBytes } from '@messlatte/bytes'
import { parseTarHeader } from '../tar/header.ts'
import { walkTar } from '../tar/parse.ts'

/** Bytes of a part's beginning that are looked at: names come first, and .PKGINFO is the first file of its part. */
const MOST_HEAD = 64 * 1024
/** What recognising may decode, in bytes: what is larger is read as far as the limits of the run allow. */
const MOST_DECODED = 2 * 1024 ** 3

/** A gzip member, or the members of the data one behind the other; each holds a tar archive without its end. */
export interface ApkPart {
  readonly name: 'signature.tar' | 'control.tar' | 'index.tar' | 'data.tar'
  readonly at: number
  /** Behind its last byte. */
  readonly end: number
}

export interface ApkParts {
  readonly parts: readonly ApkPart[]
  readonly end: number
  /** SHA-256 that .PKGINFO tells of the data as they are stored, in hex. */
  readonly dataHash: string | undefined
}

class Enough extends Error {}

/** Whether a package (or a signed index) begins here: a gzip member whose first file is a signature or .PKGINFO. */
export function isApk(bytes: Bytes, at: number): boolean {
  const name = firstName(headOf(bytes, at, 4096))
  return name !== undefined && (name.startsWith('.SIGN.') || name === '.PKGINFO')
}

/** apk-v2(5): signatures, control and data, each a gzip member. */
export function apkParts(bytes: Bytes, at: number): ApkParts {
  const parts: ApkPart[] = []
  let dataHash: string | undefined
  let left = MOST_DECODED
  let next = at
  while (next < bytes.size && isMember(bytes, next)) {
    const member = decodeHead(bytes, next, MOST_HEAD, left)
    left -= member.decoded
    const last = parts.at(-1)
    if (last?.name === 'data.tar') {
      parts[parts.length - 1] = { ...last, end: member.end }
    } else {
      const name = partName(member.head, last)
      if (name === 'control.tar') dataHash = dataHashOf(member.head)
      parts.push({ name, at: next, end: member.end })
    }
    next = member.end
  }
  return { parts, end: next, dataHash }
}

export interface ApkSignature {
  /** `RSA`, `RSA256` …, and the name of the key's file. */
  readonly kind: string
  readonly key: string
  readonly signature: Uint8Array
}

const MOST_SIGNATURES = 16

/** The signatures in the first part of a package; apk-v2(5). */
export function apkSignatures(bytes: Bytes, { at }: ApkPart): readonly ApkSignature[] {
  const head = headOf(bytes, at, MOST_HEAD)
  const found: ApkSignature[] = []
  const walk = walkTar(memoryBytes(head), 0, () => undefined)
  for (let step = walk.next(); !step.done && found.length < MOST_SIGNATURES; step = walk.next()) {
    const { name, contentAt, size } = step.value
    const [, kind, key] = /^\.SIGN\.([A-Z]+\d*)\.(.{1,200})$/.exec(name) ?? []
    if (kind && key) found.push({ kind, key, signature: head.subarray(contentAt, contentAt + size) })
  }
  return found
}

function isMember(bytes: Bytes, at: number): boolean {
  return at + 18 <= bytes.size && [0x1f, 0x8b, 8].every((byte, index) => bytes.view(at, 3)[index] === byte)
}

function partName(head: Uint8Array, last: ApkPart | undefined): ApkPart['name'] {
  const name = firstName(head)
  if (last?.name === 'control.tar' || last?.name === 'index.tar') return 'data.tar'
  if (name?.startsWith('.SIGN.')) return 'signature.tar'
  return name === 'DESCRIPTION' || name === 'APKINDEX' ? 'index.tar' : 'control.tar'
}

/** The beginning of a member's content, and where the member ends. */
function decodeHead(
  bytes: Bytes,
  at: number,
  most: number,
  budget: number,
): { readonly head: Uint8Array; readonly decoded: number; readonly end: number } {
  const pieces: Uint8Array[] = []
  let decoded = 0
  try {
    const { end } = gzipMemberStream(bytes, at, (chunk) => {
      // A chunk is valid during the call only.
      if (decoded < most) pieces.push(Uint8Array.from(chunk.subarray(0, most - decoded)))
      decoded += chunk.length
      if (decoded > budget) throw new Enough()
    })
    return { head: Buffer.concat(pieces), decoded, end }
  } catch (error) {
    if (!(error instanceof Enough)) throw error
    return { head: Buffer.concat(pieces), decoded, end: bytes.size }
  }
}

function headOf(bytes: Bytes, at: number, most: number): Uint8Array {
  return decodeHead(bytes, at, most, most).head
}

/** The name of the first file of a tar archive; what is no ustar archive has none. */
function firstName(head: Uint8Array): string | undefined {
  const header = head.length >= 512 ? parseTarHeader(head.subarray(0, 512)) : undefined
  if (!header || header.variant === 'v7') return undefined
  const first = walkTar(memoryBytes(head), 0, () => undefined).next()
  return first.done ? undefined : first.value.name
}

function dataHashOf(head: Uint8Array): string | undefined {
  const walk = walkTar(memoryBytes(head), 0, () => undefined)
  for (let step = walk.next(); !step.done; step = walk.next()) {
    const { name, contentAt, size } = step.value
    if (name !== '.PKGINFO') continue
    const text = Buffer.from(head.subarray(contentAt, contentAt + size)).toString('latin1')
    return /^datahash = ([0-9a-f]{64})$/m.exec(text)?.[1]
  }
  return undefined
}
