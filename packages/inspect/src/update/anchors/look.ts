import { createPublicKey } from 'node:crypto'
import {
  armoredBlocks,
  type Certificate,
  DerError,
  pemBlocks,
  readCertificate,
  readOpenpgpKeys,
  readPublicKey,
  readRevocationList,
  readSignifyKey,
  SIGNIFY_COMMENT,
} from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { identityOf } from '../../credentials/private-keys/identity.ts'
import { placeOf } from '../../drafts.ts'
import type { AnchorFact } from './facts.ts'

const LABELS = [
  { label: 'CERTIFICATE', form: 'certificate', isOne: reads(readCertificate) },
  { label: 'PUBLIC KEY', form: 'key', isOne: (der: Uint8Array) => readPublicKey(der) !== undefined },
  { label: 'X509 CRL', form: 'list', isOne: reads(readRevocationList) },
] as const

const PGP = '-----BEGIN PGP PUBLIC KEY BLOCK-----'

/** Binary key rings, where apt and others keep them. */
export const KEY_RINGS: readonly RegExp[] = [
  /(?:^|\/)(?:trusted\.gpg|(?:trusted\.gpg\.d|keyrings|keys|fwupd|rpm-gpg)\/[^/]+\.(?:gpg|pgp))$/,
]

export const LITERALS: readonly string[] = [
  ...LABELS.map(({ label }) => `-----BEGIN ${label}-----`),
  SIGNIFY_COMMENT,
  PGP,
]

const MOST_BYTES = 256 * 1024
/** Longer lists are those of the authorities of the web. */
const MOST_BLOCKS = 16
/** Keys of one ring of OpenPGP, with subkeys. */
const MOST_RING = 64

/** Map: public keys, certificates and revocation lists that stand in text files, and rings of keys. */
export function lookForAnchors(artefact: Artefact, out: MapOut): void {
  const { bytes, hits, format } = artefact
  // Programs carry keys for many things.
  if (format === 'elf' || bytes.size > MOST_BYTES || hits.length > MOST_BLOCKS) return
  const content = Buffer.from(bytes.view(0, bytes.size))
  lookForSignify(artefact, content, out)
  lookForKeyRings(artefact, content, out)
  for (const { label, form, isOne } of LABELS) {
    if (!hits.some(({ literal }) => literal.includes(label))) continue
    const begin = Buffer.from(`-----BEGIN ${label}-----`)
    let at = 0
    for (const der of pemBlocks(content, label)) {
      at = content.indexOf(begin, at)
      const length = content.indexOf('-----END', at) - at
      if (isOne(der)) out.fact('update.anchor', placeOf(artefact, at, length), anchorOf(form, der))
      at += begin.length
    }
  }
}

/** Keys of signify and usign: a file holds one. */
function lookForSignify(artefact: Artefact, content: Uint8Array, out: MapOut): void {
  const key = artefact.hits[0]?.literal === SIGNIFY_COMMENT ? readSignifyKey(content) : undefined
  if (!key || readPublicKey(key.spki) === undefined) return
  out.fact('update.anchor', placeOf(artefact), { ...anchorOf('key', key.spki), id: key.id })
}

/** Key rings of OpenPGP: armoured, or binary by their place. */
function lookForKeyRings(artefact: Artefact, content: Uint8Array, out: MapOut): void {
  const isArmoured = artefact.hits.some(({ literal }) => literal === PGP)
  if (!isArmoured && (content[0] ?? 0) < 0x80) return
  const keys = armoredBlocks(content, 'PUBLIC KEY BLOCK').flatMap((block) => readOpenpgpKeys(block))
  for (const { id, key } of keys.slice(0, MOST_RING)) ringKey(artefact, key.spki, isArmoured, id, out)
}

/** A key of a ring is one that signatures of updates are tried with, and a public key as all others are. */
function ringKey(artefact: Artefact, spki: Uint8Array, isArmoured: boolean, id: string, out: MapOut): void {
  const place = placeOf(artefact)
  out.fact('update.anchor', place, { ...anchorOf('key', spki), id })
  const identity = identityOf(createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }))
  if (identity)
    out.fact('key.public', place, {
      ...identity,
      container: 'pgp',
      encoding: isArmoured ? 'text' : 'binary',
      name: id,
      certificateSha256: undefined,
    })
}

function anchorOf(form: AnchorFact['form'], der: Uint8Array): AnchorFact {
  return { form, der: Buffer.from(der).toString('base64') }
}

function reads(read: (der: Uint8Array) => Certificate | object): (der: Uint8Array) => boolean {
  return (der) => {
    try {
      read(der)
      return true
    } catch (error) {
      if (error instanceof DerError) return false
      throw error
    }
  }
}
