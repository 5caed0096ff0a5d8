import { createHash } from 'node:crypto'
import { type Bytes, forEachWindow } from '@messlatte/bytes'
import { type FipImage, parseFip } from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { readFipCertificate } from './certificate.ts'
import type { FipFact, FipHash, FipImageFact } from './facts.ts'

/** DER of a DigestInfo with SHA-256, up to the digest. */
export const DIGEST_INFO = '\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20'
const MAX_DIGESTS = 8
/** Of 32 random bytes about 30 are distinct. */
const LEAST_DISTINCT = 20
const MAX_CERTIFICATE = 64 * 1024
const STEP = 256 * 1024

/** Map: packages, and digests that may be that of a root key in an earlier stage. */
export function lookAtFip(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'fip') {
    const fact = readFip(artefact.bytes)
    if (fact) out.fact('boot.fip.package', placeOf(artefact), fact)
    return
  }
  const digests = digestsIn(artefact)
  if (digests.length > 0) out.fact('boot.fip.root-digest', placeOf(artefact), { digests })
}

function digestsIn({ hits, bytes }: Artefact): readonly string[] {
  const digests = new Set<string>()
  for (const { offset } of hits) {
    const at = offset + DIGEST_INFO.length
    if (at + 32 > bytes.size || digests.size >= MAX_DIGESTS) break
    const digest = bytes.view(at, 32)
    if (new Set(digest).size >= LEAST_DISTINCT) digests.add(Buffer.from(digest).toString('hex'))
  }
  return [...digests]
}

export function readFip(bytes: Bytes): FipFact | undefined {
  const fip = parseFip(bytes, 0)
  if (!fip) return undefined
  const called = fip.images.filter(({ name }) => name.endsWith('-cert'))
  const read = called.map((image) => ({ image, certificate: certificateOf(bytes, image) }))
  const certificates = read.flatMap(({ certificate }) => certificate ?? [])
  const algorithms = new Set(certificates.flatMap(({ hashes }) => hashes.map(({ algorithm }) => algorithm)))
  return {
    certificates,
    broken: namesOf(read.filter(({ image, certificate }) => !certificate && isWhole(bytes, image))),
    cut: namesOf(read.filter(({ image }) => !isWhole(bytes, image))),
    images: fip.images
      .filter((image) => !called.includes(image))
      .map((image) => imageOf(bytes, image, [...algorithms].sort())),
  }
}

function namesOf(read: readonly { readonly image: FipImage }[]): readonly string[] {
  return read.map(({ image }) => image.name)
}

function isWhole(bytes: Bytes, { at, length }: FipImage): boolean {
  return at + length <= bytes.size
}

function certificateOf(bytes: Bytes, image: FipImage) {
  const { name, at, length } = image
  if (length > MAX_CERTIFICATE || !isWhole(bytes, image)) return undefined
  return readFipCertificate(name, bytes.view(at, length))
}

function imageOf(bytes: Bytes, image: FipImage, algorithms: readonly FipHash[]): FipImageFact {
  const { name, at, length } = image
  const whole = isWhole(bytes, image)
  const hashes = algorithms.map((algorithm) => [algorithm, createHash(algorithm)] as const)
  if (whole && hashes.length > 0) {
    forEachWindow(bytes, at, at + length, STEP, 0, (window) => {
      for (const [, hash] of hashes) hash.update(window)
      return true
    })
  }
  const digests = whole ? Object.fromEntries(hashes.map(([one, hash]) => [one, hash.digest('hex')])) : {}
  return { name, at, length, whole, digests }
}
