import { createHash } from 'node:crypto'
import {
  type Bytes,
  type Certificate,
  DerError,
  ecSpki,
  forEachWindow,
  isSignedBy,
  readCertificate,
  verifiesEcdsa,
  verifiesPkcs1,
} from '@messlatte/bytes'
import { type Mbi, type NxpChain, type NxpPoint, type NxpPoints, nxpRootDigest } from '@messlatte/unpack'
import type { NxpMbiFact } from './facts.ts'

type Signed = NonNullable<NxpMbiFact['signed']>
type Broken = Signed['broken']
interface Stretch {
  readonly from: number
  readonly to: number
}

const WINDOW = 256 * 1024
const HASH_OF = { 'P-256': 'sha256', 'P-384': 'sha384' } as const

/** What the image says of its signature, and whether it holds from the root key on; undefined for keys of other kinds. */
export function readSigned(bytes: Bytes, { signed }: Mbi): Signed | undefined {
  if (!signed) return undefined
  const { certificates, signature, mac, keyStore } = signed
  const isWhole = signature.at + signature.length <= bytes.size
  // What is put in afterwards stands behind the first words of the header.
  const from = mac ? mac.at + mac.length + (keyStore?.length ?? 0) : 0
  const stretches = mac
    ? [
        { from: 0, to: mac.at },
        { from, to: signature.at },
      ]
    : [{ from: 0, to: signature.at }]
  const cover: Cover = {
    digest: (name) => (isWhole ? digestOf(bytes, name, stretches) : undefined),
    value: isWhole ? bytes.view(signature.at, signature.length).slice() : new Uint8Array(),
  }
  return certificates.kind === 'x509'
    ? readChain(bytes, certificates, cover)
    : readPoints(bytes, certificates, cover)
}

interface Cover {
  /** Of all that is signed; undefined where it is cut off. */
  readonly digest: (name: 'sha256' | 'sha384') => Buffer | undefined
  readonly value: Uint8Array
}

function readChain(bytes: Bytes, block: NxpChain, { digest, value }: Cover): Signed | undefined {
  const chain = certificatesOf(bytes, block)
  const [root, signer] = [chain?.[0], chain?.at(-1)?.key]
  if (!chain || !root || root.key?.type !== 'rsa' || signer?.type !== 'rsa') return undefined
  const rootHash = keyHash(root)
  const made = digest('sha256')
  const broken = (): Broken => {
    if (!block.rootHashes.some((hash) => rootHash?.equals(hash))) return 'root'
    for (const [index, certificate] of chain.entries())
      if (index > 0 && isSignedBy(certificate.signed, chain[index - 1]?.key) !== true) return 'chain'
    if (!made) return 'cut'
    return verifiesPkcs1(signer.key, value, made, 'sha256') ? undefined : 'signature'
  }
  return {
    rootSpki: Buffer.from(root.spki).toString('base64'),
    tableDigest: nxpRootDigest(block),
    keys: chain.length,
    algorithm: { type: 'rsa', bits: signer.bits },
    hash: 'sha256',
    broken: broken(),
  }
}

function certificatesOf(bytes: Bytes, { certificates }: NxpChain): readonly Certificate[] | undefined {
  try {
    return certificates.map(({ at, length }) => readCertificate(bytes.view(at, length).slice()))
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}

/** SHA-256 of modulus and exponent, as the table of root keys has them. */
function keyHash({ key }: Certificate): Buffer | undefined {
  if (key?.type !== 'rsa') return undefined
  const { n = '', e = '' } = key.key.export({ format: 'jwk' })
  return createHash('sha256').update(Buffer.from(n, 'base64url')).update(Buffer.from(e, 'base64url')).digest()
}

function readPoints(bytes: Bytes, block: NxpPoints, { digest, value }: Cover): Signed {
  const { root, intermediate, rootHashes, rootIndex } = block
  const signer = intermediate?.key ?? root
  const hash = HASH_OF[signer.curve]
  const made = digest(hash)
  const broken = (): Broken => {
    const rootHash = createHash(block.hash).update(root.point).digest()
    const listed = rootHashes[rootIndex]
    if (rootHashes.length > 0 && !(listed && rootHash.equals(listed))) return 'root'
    if (intermediate && !holds(root, intermediate.signature, signedPart(bytes, intermediate))) return 'chain'
    if (!made) return 'cut'
    return holds(signer, value, made) ? undefined : 'signature'
  }
  const signedPart = (source: Bytes, { signed }: NonNullable<NxpPoints['intermediate']>) =>
    digestOf(source, HASH_OF[root.curve], [{ from: signed.at, to: signed.at + signed.length }])
  return {
    rootSpki: ecSpki(root.curve, root.point).toString('base64'),
    tableDigest: nxpRootDigest(block),
    keys: intermediate ? 2 : 1,
    algorithm: { type: 'ecdsa', curve: signer.curve },
    hash,
    broken: broken(),
  }
}

function holds({ curve, point }: NxpPoint, signature: Uint8Array, digest: Uint8Array): boolean {
  return verifiesEcdsa(curve, point, signature, digest)
}

function digestOf(bytes: Bytes, name: string, stretches: readonly Stretch[]): Buffer {
  const digest = createHash(name)
  for (const { from, to } of stretches)
    forEachWindow(bytes, from, to, WINDOW, 0, (window) => {
      digest.update(window)
      return true
    })
  return digest.digest()
}
