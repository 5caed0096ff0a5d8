import type { EvidenceDraft } from '../../contract.ts'
import type { Anchor, Gap, LinkFact, LinkHash, Stage } from '../chain/facts.ts'
import { linkAnchors, linkSignature } from '../pkcs7/link.ts'
import { levelOf } from './evidence.ts'
import type { Role } from './facts.ts'
import type { Image, Verified } from './verify.ts'

const STAGES: Readonly<Record<Role, Stage>> = {
  shim: 'bootloader-first',
  'boot-loader': 'bootloader',
  kernel: 'kernel',
  'unified-kernel': 'kernel',
  driver: 'bootloader',
  program: 'application',
}
const HASHES: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'])

/** Covers all of an image: what is in it is as whole as it is. */
function coverOf({ place, data }: Image): LinkFact['covers'] {
  const name = place.inner.slice(place.inner.lastIndexOf('/') + 1)
  return [{ path: place.path, stage: STAGES[data.role], name: name || data.role }]
}

export function signatureLink(one: Verified, leaked: ReadonlySet<string>, gaps: readonly Gap[]): LinkFact {
  const { image, stated, verdict, signer } = one
  return {
    scheme: 'authenticode',
    evidence: 'boot.uefi.signature',
    name: signer,
    holder: image.place.path,
    covers: coverOf(image),
    gaps,
    level: levelOf(one),
    signature: linkSignature(verdict),
    ...(stated?.algorithm !== undefined && HASHES.has(stated.algorithm)
      ? { hash: stated.algorithm as LinkHash }
      : {}),
    anchors: linkAnchors(verdict, leaked),
    demand: { by: 'unknown' },
    rollback: [],
    open: [
      { id: 'secure-boot-enabled', command: 'mokutil --sb-state' },
      { id: 'key-digest', command: 'efi-readvar' },
    ],
    repeat: 'sbverify --cert CERTIFICATE IMAGE',
  }
}

/** What lies where it is started, and has no signature. */
export function unsignedLink(
  image: Image,
  { kind, level = 'E0' }: EvidenceDraft,
  anchors: readonly Anchor[],
): LinkFact {
  return {
    scheme: 'authenticode',
    evidence: kind,
    name: '',
    holder: image.place.path,
    covers: coverOf(image),
    gaps: [],
    level,
    ...(level === 'E2' ? { hash: 'sha256' } : {}),
    anchors,
    demand: { by: 'unknown' },
    rollback: [],
    open: [{ id: 'secure-boot-enabled', command: 'mokutil --sb-state' }],
    repeat: 'sbverify --list IMAGE',
  }
}
