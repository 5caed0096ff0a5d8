import type { FipCertificate, FipFact, FipImageFact } from './facts.ts'

/** Certificates that one root key vouches for, through others or itself. */
export interface Tree {
  readonly root: FipCertificate
  readonly certificates: readonly FipCertificate[]
}

/** What is wrong with the chain, and what it says of each image. */
export interface Trust {
  readonly trees: readonly Tree[]
  /** Certificates that are none, whose own signature does not hold, or with a key that the one above does not name. */
  readonly refused: readonly {
    readonly name: string
    readonly why: 'signature' | 'not-vouched-for' | 'unreadable'
  }[]
  /** Certificates of an algorithm that is not known here. */
  readonly unknown: readonly string[]
  readonly images: readonly {
    readonly image: FipImageFact
    readonly result: 'match' | 'mismatch' | 'cut-off' | 'not-covered'
    readonly by: string | undefined
  }[]
}

/** The chain from above: content by the key certificate, that by the trusted key certificate; TF-A, Authentication Framework, "Chain of Trust". */
export function trustOf({ certificates, images, broken }: FipFact): Trust {
  const byName = new Map(certificates.map((one) => [one.name, one]))
  const refused: Trust['refused'][number][] = broken.map((name) => ({ name, why: 'unreadable' }))
  for (const certificate of certificates) {
    const above = aboveOf(certificate.name, byName)
    if (certificate.signedByOwn === false) refused.push({ name: certificate.name, why: 'signature' })
    else if ((above && !above.keys.includes(certificate.spkiSha256)) || isOtherRoot(certificate, byName))
      refused.push({ name: certificate.name, why: 'not-vouched-for' })
  }
  const bad = new Set(refused.map(({ name }) => name))
  const rootOf = (certificate: FipCertificate): FipCertificate => {
    const above = aboveOf(certificate.name, byName)
    return above && !bad.has(certificate.name) ? rootOf(above) : certificate
  }
  const good = certificates.filter(({ name }) => !bad.has(name))
  const trees = new Map<string, { root: FipCertificate; certificates: FipCertificate[] }>()
  for (const certificate of good) {
    const root = rootOf(certificate)
    if (bad.has(root.name)) continue
    const tree = trees.get(root.spkiSha256) ?? { root, certificates: [] }
    tree.certificates.push(certificate)
    trees.set(root.spkiSha256, tree)
  }
  const counted = new Set([...trees.values()].flatMap((tree) => tree.certificates))
  return {
    trees: [...trees.values()],
    refused,
    unknown: certificates.filter(({ signedByOwn }) => signedByOwn === undefined).map(({ name }) => name),
    images: images.map((image) => judgeImage(image, certificates, counted)),
  }
}

/** What starts first and what vouches for all else are signed with one root key. */
function isOtherRoot(
  { name, spkiSha256 }: FipCertificate,
  byName: ReadonlyMap<string, FipCertificate>,
): boolean {
  const root = byName.get('trusted-key-cert')
  return name === 'tb-fw-cert' && root !== undefined && root.spkiSha256 !== spkiSha256
}

/** At most two steps: names end. */
function aboveOf(name: string, byName: ReadonlyMap<string, FipCertificate>): FipCertificate | undefined {
  if (name.endsWith('-key-cert'))
    return name === 'trusted-key-cert' ? undefined : byName.get('trusted-key-cert')
  return byName.get(name.replace(/-cert$/, '-key-cert'))
}

function judgeImage(
  image: FipImageFact,
  certificates: readonly FipCertificate[],
  counted: ReadonlySet<FipCertificate>,
): Trust['images'][number] {
  const stated = certificates.flatMap((certificate) =>
    certificate.hashes.filter((hash) => hash.image === image.name).map((hash) => ({ certificate, hash })),
  )
  const one = stated.find(({ certificate }) => counted.has(certificate)) ?? stated[0]
  if (!one) return { image, result: 'not-covered', by: undefined }
  const by = one.certificate.name
  if (!image.whole) return { image, result: 'cut-off', by }
  return { image, result: image.digests[one.hash.algorithm] === one.hash.digest ? 'match' : 'mismatch', by }
}
