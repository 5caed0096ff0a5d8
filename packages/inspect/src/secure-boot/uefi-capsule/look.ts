import { createHash } from 'node:crypto'
import { type Bytes, BytesError, DerError, forEachWindow, readCertificate, sizeAt } from '@messlatte/bytes'
import {
  type CapsulePayload,
  FormatError,
  fdtNode,
  fdtProperty,
  fdtValue,
  parseFdt,
  parseFmpCapsule,
} from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { parseSignatureLists } from '../uefi-keys/signature-list.ts'
import type { CapsuleSignature } from './facts.ts'

/** How the body of a certificate begins: version 3, then the tag of its serial number. RFC 5280, section 4.1. */
const CERTIFICATE = '\xa0\x03\x02\x01\x02\x02'
const CERTIFICATE_LEAD = 8
/** Newer U-Boot has its list of capsule keys compiled in. */
const U_BOOT = 'U-Boot 20'
export const LITERALS: readonly string[] = [CERTIFICATE, U_BOOT]

const ALGORITHMS = ['sha1', 'sha256', 'sha384', 'sha512'] as const
const MOST_SIGNATURE = 64 * 1024
const MOST_CERTIFICATE = 8 * 1024
/** Places that are tried: real ones stand where they begin. */
const MOST_TRIES = 1000
const MOST_CERTIFICATES = 32
const WINDOW = 256 * 1024

/** Map: payloads of capsules, and certificates in firmware that takes them. */
export function lookAtCapsules(artefact: Artefact, out: MapOut): void {
  if (artefact.format === 'uefi-capsule') {
    lookAtCapsule(artefact, out)
    return
  }
  // What a capsule brings vouches for no capsule.
  if (artefact.path.includes(':uefi-capsule/')) return
  if (artefact.format === 'fdt') lookAtTree(artefact, out)
  else lookAtFirmware(artefact, out)
}

function lookAtCapsule(artefact: Artefact, out: MapOut): void {
  const { bytes } = artefact
  for (const payload of parseFmpCapsule(bytes, 0)?.payloads ?? []) {
    if (!payload) continue
    const { image, header, index, type } = payload
    const cut = image.at + image.length > bytes.size
    out.fact('boot.uefi.capsule', placeOf(artefact, image.at, image.length), {
      index,
      type,
      cut,
      signature: signatureOf(bytes, payload, cut),
      version: header && { version: header.version, lowestVersion: header.lowestVersion },
    })
  }
}

/** What is signed: all behind the signature, then the count. UEFI 2.10, section 23.1.2. */
function signatureOf(
  bytes: Bytes,
  { image, authentication }: CapsulePayload,
  cut: boolean,
): CapsuleSignature | undefined {
  if (!authentication) return undefined
  const { signature, monotonicCount } = authentication
  const { at, length } = signature
  const count = Buffer.alloc(8)
  count.writeBigUInt64LE(monotonicCount)
  const isRead = length <= MOST_SIGNATURE && at + length <= bytes.size
  return {
    offset: at,
    length,
    der: isRead ? Buffer.from(bytes.view(at, length)).toString('base64') : undefined,
    digests: cut ? {} : digestsOf(bytes, at + length, image.at + image.length, count),
    monotonicCount: String(monotonicCount),
  }
}

function digestsOf(
  bytes: Bytes,
  from: number,
  to: number,
  count: Uint8Array,
): Readonly<Record<string, string>> {
  const hashes = ALGORITHMS.map((name) => [name, createHash(name)] as const)
  forEachWindow(bytes, from, to, WINDOW, 0, (window) => {
    for (const [, hash] of hashes) hash.update(window)
    return true
  })
  return Object.fromEntries(hashes.map(([name, hash]) => [name, hash.update(count).digest('hex')]))
}

/** U-Boot, doc/develop/uefi/uefi.rst: the property `capsule-key` of `/signature` is a signature list. */
function lookAtTree(artefact: Artefact, out: MapOut): void {
  try {
    const tree = parseFdt(artefact.bytes, 0)
    const node = fdtNode(tree, '/signature')
    const property = node && fdtProperty(node, 'capsule-key')
    if (!property) return
    const place = placeOf(artefact, property.offset, property.length)
    for (const { der, sha256 } of parseSignatureLists(fdtValue(tree, property))?.certificates ?? [])
      out.fact('boot.uefi.capsule-key', place, { der, sha256, kept: 'device tree' })
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof BytesError)) throw error
  }
}

/** Certificates in the drivers of a firmware volume, and in a U-Boot. */
function lookAtFirmware(artefact: Artefact, out: MapOut): void {
  const { bytes, hits, path } = artefact
  // Stores of variables lie in volumes, too: their keys are for other things.
  const inVolume = path.includes(':uefi-volume/') && !path.includes(':uefi-variables')
  if (!inVolume && !hits.some(({ literal }) => literal === U_BOOT)) return
  let found = 0
  for (const { literal, offset } of hits.slice(0, MOST_TRIES)) {
    const at = offset - CERTIFICATE_LEAD
    if (literal !== CERTIFICATE || at < 0 || found >= MOST_CERTIFICATES) continue
    const size = sizeAt(bytes.view(at, CERTIFICATE_LEAD))
    if (size === undefined || size > MOST_CERTIFICATE || at + size > bytes.size) continue
    const der = bytes.view(at, size)
    const sha256 = digestOfCertificate(der)
    if (sha256 === undefined) continue
    found++
    const kept = inVolume ? 'firmware volume' : 'U-Boot'
    const encoded = Buffer.from(der).toString('base64')
    out.fact('boot.uefi.capsule-key', placeOf(artefact, at, size), { der: encoded, sha256, kept })
  }
}

function digestOfCertificate(der: Uint8Array): string | undefined {
  try {
    return readCertificate(der).sha256
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}
