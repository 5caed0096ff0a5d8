import { BytesError, cString, Reader } from '@messlatte/bytes'

/** What a vbmeta says of the device; names and texts are byte strings, sizes and offsets bytes of the partition. */
export type AvbDescriptor =
  | { readonly type: 'property'; readonly key: string; readonly value: Uint8Array }
  | AvbHashtree
  | AvbHash
  | { readonly type: 'kernel-cmdline'; readonly flags: number; readonly text: string }
  | {
      readonly type: 'chain-partition'
      readonly partition: string
      readonly rollbackIndexLocation: number
      /** As AVB stores keys. */
      readonly publicKey: Uint8Array
      readonly flags: number
    }
  | { readonly type: 'unknown'; readonly tag: bigint; readonly body: Uint8Array }

/** Of the whole of a partition: H(salt, then its first `imageSize` bytes). */
export interface AvbHash {
  readonly type: 'hash'
  readonly partition: string
  readonly imageSize: number
  readonly algorithm: string
  readonly salt: Uint8Array
  readonly digest: Uint8Array
  readonly flags: number
}

/** Of a partition that dm-verity reads. */
export interface AvbHashtree {
  readonly type: 'hashtree'
  readonly partition: string
  readonly verityVersion: number
  readonly imageSize: number
  readonly treeAt: number
  readonly treeSize: number
  readonly dataBlock: number
  readonly hashBlock: number
  readonly fecRoots: number
  readonly fecAt: number
  readonly fecSize: number
  readonly algorithm: string
  readonly salt: Uint8Array
  readonly rootDigest: Uint8Array
  readonly flags: number
}

/** Reserved at the end of those that may grow. */
const RESERVED = 60

/** The descriptors in their order, up to one that cannot hold. */
export function parseDescriptors(block: Uint8Array): {
  readonly descriptors: readonly AvbDescriptor[]
  readonly holds: boolean
} {
  const descriptors: AvbDescriptor[] = []
  const list = new Reader(block, 'big')
  try {
    while (list.left > 0) {
      const tag = list.u64()
      const length = list.size64()
      if (length % 8 !== 0) return { descriptors, holds: false }
      descriptors.push(parseBody(tag, list.take(length)))
    }
    return { descriptors, holds: true }
  } catch (error) {
    if (!(error instanceof BytesError)) throw error
    return { descriptors, holds: false }
  }
}

/** @throws BytesError where it is shorter than what it announces */
function parseBody(tag: bigint, body: Uint8Array): AvbDescriptor {
  const reader = new Reader(body, 'big')
  switch (tag) {
    case 0n: {
      const [keyLength, valueLength] = [reader.size64(), reader.size64()]
      const key = reader.latin1(keyLength)
      reader.skip(1)
      return { type: 'property', key, value: reader.take(valueLength) }
    }
    case 1n:
      return parseHashtree(reader)
    case 2n:
      return parseHash(reader)
    case 3n: {
      const [flags, length] = [reader.u32(), reader.u32()]
      return { type: 'kernel-cmdline', flags, text: reader.latin1(length) }
    }
    case 4n: {
      const [rollbackIndexLocation, nameLength, keyLength] = [reader.u32(), reader.u32(), reader.u32()]
      const flags = reader.u32()
      reader.skip(RESERVED)
      const partition = reader.latin1(nameLength)
      const publicKey = reader.take(keyLength)
      return { type: 'chain-partition', partition, rollbackIndexLocation, publicKey, flags }
    }
    default:
      return { type: 'unknown', tag, body }
  }
}

function parseHashtree(reader: Reader): AvbHashtree {
  const verityVersion = reader.u32()
  const [imageSize, treeAt, treeSize] = [reader.size64(), reader.size64(), reader.size64()]
  const [dataBlock, hashBlock, fecRoots] = [reader.u32(), reader.u32(), reader.u32()]
  const [fecAt, fecSize] = [reader.size64(), reader.size64()]
  const { algorithm, partition, salt, digest, flags } = parseEnd(reader)
  return {
    type: 'hashtree',
    partition,
    verityVersion,
    imageSize,
    treeAt,
    treeSize,
    dataBlock,
    hashBlock,
    fecRoots,
    fecAt,
    fecSize,
    algorithm,
    salt,
    rootDigest: digest,
    flags,
  }
}

function parseHash(reader: Reader): AvbHash {
  const imageSize = reader.size64()
  return { type: 'hash', imageSize, ...parseEnd(reader) }
}

/** What both kinds of hashes end with. */
function parseEnd(reader: Reader) {
  const algorithm = cString(reader.take(32))
  const [nameLength, saltLength, digestLength] = [reader.u32(), reader.u32(), reader.u32()]
  const flags = reader.u32()
  reader.skip(RESERVED)
  const partition = reader.latin1(nameLength)
  return { algorithm, flags, partition, salt: reader.take(saltLength), digest: reader.take(digestLength) }
}
