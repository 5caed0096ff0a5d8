import { createHash } from 'node:crypto'
import { type Bytes, ecSpki, forEachWindow, Reader, rsaSpki, sha256 } from '@messlatte/bytes'
import { type AhabContainer, type AhabEntry, parseAhab } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import type { AhabFact, AhabImageFact } from './facts.ts'

const WINDOW = 256 * 1024
const TABLE = 0xd7
const TABLE_VERSION = 0x42
const RECORD = 0xe1
const SIGNATURE = 0xd8
const SCHEMES = { 33: 'pkcs1', 34: 'pss', 39: 'ecdsa' } as const
const HASHES = ['sha256', 'sha384', 'sha512'] as const
const CURVES = { 1: 'P-256', 2: 'P-384', 3: 'P-521' } as const
const MAX_KEYS = 8

export function lookAtAhab(artefact: Artefact, out: MapOut): void {
  for (const [number, container] of (parseAhab(artefact.bytes, 0)?.containers ?? []).entries())
    out.fact(
      'boot.ahab.container',
      placeOf(artefact, container.at, container.length),
      readContainer(artefact.bytes, container, number),
    )
}

function readContainer(bytes: Bytes, container: AhabContainer, number: number): AhabFact {
  const { srkSet, fuseVersion, softwareVersion, certificateAt } = container
  return {
    number,
    srkSet,
    fuseVersion,
    softwareVersion,
    images: container.images.map((image, index) =>
      readImage(bytes, image, `container-${number}-image-${index}`),
    ),
    hasCertificate: certificateAt !== undefined,
    root: srkSet === 'none' ? undefined : readRoot(bytes, container),
  }
}

function readImage(
  bytes: Bytes,
  { stored, hashName, hash, encrypted }: AhabEntry,
  name: string,
): AhabImageFact {
  const told = () => {
    if (encrypted) return 'encrypted'
    if (stored.to > bytes.size) return 'cut-off'
    if (!hashName) return 'not-computed'
    const digest = digestOf(bytes, hashName, stored.from, stored.to)
    return digest.equals(hash.subarray(0, digest.length)) ? 'match' : 'mismatch'
  }
  return { name, encrypted, hash: told() }
}

/** The table of root keys, the one that the container chooses, and the signature over all in front of it. */
function readRoot(bytes: Bytes, { at, tableAt, signatureAt, srkIndex }: AhabContainer): AhabFact['root'] {
  if (tableAt === undefined || signatureAt === undefined) return undefined
  const table = structure(bytes, tableAt, TABLE, 0)
  const signature = structure(bytes, signatureAt, SIGNATURE, 3)
  if (table?.[3] !== TABLE_VERSION || !signature) return undefined
  const records: Uint8Array[] = []
  for (let from = 4; from + 12 <= table.length && records.length < MAX_KEYS; ) {
    const length = new Reader(table, 'little', from + 1).u16()
    if (table[from] !== RECORD || length < 12 || from + length > table.length) return undefined
    records.push(table.subarray(from, from + length))
    from += length
  }
  const chosen = records[srkIndex]
  const scheme = chosen && SCHEMES[chosen[3] as keyof typeof SCHEMES]
  const hash = chosen && HASHES[chosen[4] as number]
  if (!chosen || !scheme || !hash) return undefined
  return {
    index: srkIndex,
    keys: records.length,
    tableSha256: sha256(table),
    spki: spkiOf(chosen, scheme)?.toString('base64'),
    scheme,
    hash,
    digest: digestOf(bytes, hash, at, signatureAt).toString('hex'),
    signature: Buffer.from(signature.subarray(8)).toString('hex'),
  }
}

function spkiOf(record: Uint8Array, scheme: 'ecdsa' | 'pss' | 'pkcs1'): Buffer | undefined {
  const reader = new Reader(record, 'little', 8)
  const [first, second] = [reader.u16(), reader.u16()]
  if (record.length !== 12 + first + second) return undefined
  if (scheme !== 'ecdsa') return rsaSpki(reader.take(first), reader.take(second))
  const curve = CURVES[record[5] as keyof typeof CURVES]
  return curve && ecSpki(curve, reader.take(first + second))
}

/** Bytes of a structure with a length in its second and third byte, and its tag at `tagAt`. */
function structure(bytes: Bytes, at: number, tag: number, tagAt: number): Uint8Array | undefined {
  if (at + 8 > bytes.size) return undefined
  const head = bytes.view(at, 4)
  const length = new Reader(head, 'little', 1).u16()
  if (head[tagAt] !== tag || length < 8 || at + length > bytes.size) return undefined
  return bytes.view(at, length).slice()
}

function digestOf(bytes: Bytes, name: string, from: number, to: number): Buffer {
  const digest = createHash(name)
  forEachWindow(bytes, from, to, WINDOW, 0, (window) => {
    digest.update(window)
    return true
  })
  return digest.digest()
}
