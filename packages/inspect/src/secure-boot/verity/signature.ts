import type { Certificate } from '@messlatte/bytes'
import type { Fact, Facts } from '../../contract.ts'
import type { KeyRing } from '../outcome/keys.ts'
import type { Outcome } from '../outcome/outcome.ts'
import { type KnownCertificate, readDetached, readKnown, verifyDetached } from '../pkcs7/detached.ts'

export type SignedRoot = Fact<'boot.verity.signed-root'>

export interface VerifiedRoot {
  readonly signed: SignedRoot
  readonly outcome: Outcome
  /** Hex: the root hash that it signs; undefined where it is none that the release states. */
  readonly root: string | undefined
  readonly certificates: readonly Certificate[]
}

/** Root hashes that are tried as what is signed. */
const MOST_ROOTS = 64

/**
 * Verifies a signature over a root hash: the kernel wants it detached, over the hash in hexadecimal digits. Structures over
 * anything else are none of ours: undefined.
 */
export function verifyRoot(
  signed: SignedRoot,
  roots: readonly string[],
  facts: Facts,
  ring: KeyRing,
): VerifiedRoot | undefined {
  const data = readDetached(Buffer.from(signed.data.cms, 'base64'))
  if (!data) return undefined
  const tried = roots.slice(0, MOST_ROOTS)
  const contents = tried.map((root) => Buffer.from(root, 'latin1'))
  const { outcome, content, certificates } = verifyDetached(
    data,
    signed.place.path,
    contents,
    knownOf(facts),
    ring,
  )
  return { signed, outcome, root: content === undefined ? undefined : tried[content], certificates }
}

/** In an initial RAM disk a keyring is what verifies; in the file system that it is to verify it proves nothing. */
function knownOf(facts: Facts): readonly KnownCertificate[] {
  return facts.of('boot.verity.certificate').flatMap(({ data, place }): readonly KnownCertificate[] => {
    const certificate = readKnown(Buffer.from(data.der, 'base64'))
    const origin = data.keyring && place.root.endsWith(':cpio') ? 'earlier' : 'travelling'
    return certificate ? [{ certificate, place, origin }] : []
  })
}
