import {
  childrenOf,
  DerError,
  type DigestName,
  digestOfOid,
  elementAt,
  octetsOf,
  readAlgorithm,
  type SignedData,
} from '@messlatte/bytes'

/** What an Authenticode signature states about its image. */
export interface StatedDigest {
  readonly algorithm: DigestName | undefined
  /** Dotted. */
  readonly oid: string
  /** Lower-case hex. */
  readonly value: string
}

/** SPC_INDIRECT_DATA. */
const INDIRECT_DATA = '1.3.6.1.4.1.311.2.1.4'

/**
 * The digest in SpcIndirectDataContent, which holds a description of what is signed, then a DigestInfo. Windows
 * Authenticode Portable Executable Signature Format, "SpcIndirectDataContent". Undefined for other contents.
 */
export function statedDigest({ contentType, content }: SignedData): StatedDigest | undefined {
  if (contentType !== INDIRECT_DATA || !content) return undefined
  try {
    const described = elementAt(content)
    const info = elementAt(content, described.whole.length)
    if (described.whole.length + info.whole.length !== content.length) return undefined
    const [algorithm, digest, ...more] = childrenOf(info)
    if (!algorithm || !digest || more.length > 0) return undefined
    const { oid } = readAlgorithm(algorithm)
    return {
      algorithm: digestOfOid(oid),
      oid,
      value: Buffer.from(octetsOf(digest)).toString('hex'),
    }
  } catch (error) {
    if (error instanceof DerError) return undefined
    throw error
  }
}
