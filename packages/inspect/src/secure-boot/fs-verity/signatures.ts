import type { Facts, Place, ReduceOut } from '../../contract.ts'
import type { KeyRing } from '../outcome/keys.ts'
import {
  type KnownCertificate,
  readDetached,
  readKnown,
  type VerifiedDetached,
  verifyDetached,
} from '../pkcs7/detached.ts'
import { type Descriptor, plainDescriptor, signedContent } from './descriptor.ts'
import { type CheckedFile, treeAsk } from './files.ts'

/** A signature over the digest of one file. */
export interface SignedFile extends VerifiedDetached {
  /** Of the file. */
  readonly place: Place
  readonly system: string
  readonly digest: string
  readonly kept: 'in-the-file-system' | 'beside'
}

const DEFAULTS = { algorithm: 'sha256', block: 4096, salt: '' } as const

/** Signatures that file systems keep with the files, and those that lie beside files. */
export function signedFiles(
  checked: readonly CheckedFile[],
  facts: Facts,
  ring: KeyRing,
  out: ReduceOut,
): readonly SignedFile[] {
  const known = knownOf(facts)
  const within = checked.flatMap(({ file, state }): readonly SignedFile[] => {
    const { descriptor } = file.data
    if (!descriptor || descriptor.signature === '' || state === 'broken') return []
    const found = verify(file.place.path, descriptor.signature, descriptor, known, ring)
    const { place } = file
    return found
      ? [{ ...found, place, system: place.root, digest: descriptor.digest, kept: 'in-the-file-system' }]
      : []
  })
  return [...within, ...besideFiles(checked, known, facts, ring, out)]
}

function besideFiles(
  checked: readonly CheckedFile[],
  known: readonly KnownCertificate[],
  facts: Facts,
  ring: KeyRing,
  out: ReduceOut,
): readonly SignedFile[] {
  const detached = facts.of('boot.fs-verity.detached')
  if (detached.length === 0) return []
  const described = new Map(checked.map(({ file }) => [file.place.path, file]))
  const partitions = new Map(facts.of('boot.partition').map((one) => [one.place.path, one]))
  const answers = new Map(facts.of('answer.hash-tree').map(({ data }) => [data.ask, data.tree]))

  const descriptorOf = (path: string): Pick<Descriptor, 'algorithm' | 'digest'> | undefined => {
    const kept = described.get(path)?.data.descriptor
    const partition = partitions.get(path)
    if (kept || !partition) return kept
    const { size } = partition.data
    const ask = treeAsk(`fs-verity:plain:${path}`, path, { ...DEFAULTS, size })
    out.ask(ask)
    const root = answers.get(ask.id)?.root
    return root === undefined ? undefined : plainDescriptor(root, size)
  }

  return detached.flatMap(({ data, place }): readonly SignedFile[] => {
    const descriptor = descriptorOf(data.of)
    const found = descriptor && verify(place.path, data.cms, descriptor, known, ring)
    // Any other kind of signature may have the plain name.
    if (!descriptor || !found || (!data.named && found.content === undefined)) return []
    const signed = (described.get(data.of) ?? partitions.get(data.of))?.place ?? place
    return [{ ...found, place: signed, system: signed.root, digest: descriptor.digest, kept: 'beside' }]
  })
}

function verify(
  path: string,
  cms: string,
  descriptor: Pick<Descriptor, 'algorithm' | 'digest'>,
  known: readonly KnownCertificate[],
  ring: KeyRing,
): VerifiedDetached | undefined {
  const data = readDetached(Buffer.from(cms, 'base64'))
  return data && verifyDetached(data, path, [signedContent(descriptor)], known, ring)
}

/** The kernel's keyring for fs-verity is filled by the system that starts: what lies in an initial RAM disk comes first. */
function knownOf(facts: Facts): readonly KnownCertificate[] {
  const once = new Map<string, KnownCertificate>()
  for (const { data, place } of facts.of('boot.linux.certificate')) {
    const certificate = readKnown(Buffer.from(data.der, 'base64'))
    const origin = place.root.endsWith(':cpio') ? 'earlier' : 'travelling'
    const known = once.get(data.sha256)
    if (certificate && (!known || (known.origin === 'travelling' && origin === 'earlier')))
      once.set(data.sha256, { certificate, place, origin })
  }
  return [...once.values()]
}
