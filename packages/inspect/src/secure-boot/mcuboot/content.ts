import type { Facts, ReduceOut } from '../../contract.ts'
import type { HashAlgorithm, StatedHash } from './facts.ts'
import type { Image } from './keys.ts'

export interface HashResult {
  readonly hash: StatedHash
  readonly computed: string | undefined
  readonly result: 'match' | 'mismatch' | 'not-computed'
}

export interface Content {
  readonly hashes: readonly HashResult[]
  /** Lower-case hex, over the image in the clear; empty where that is not at hand. */
  readonly digests: Readonly<Record<string, string>>
  /** `stored` in the clear, `opened` with a key by the unpacker, or `closed`. */
  readonly clear: 'stored' | 'opened' | 'closed'
}

/** What the hashes of an image are worth; asks for those of a body that the unpacker decrypted. */
export function contentOf(image: Image, facts: Facts, out: ReduceOut): Content {
  const { encrypted, digests } = image.data
  // Flash that was read out holds images in the clear whose header still says that they came encrypted.
  const stored = compared(image, digests)
  if (!encrypted || isMatch(stored)) return { hashes: stored, digests, clear: 'stored' }
  const opened = digestsOfBody(image, facts, out)
  const hashes = compared(image, opened)
  if (isMatch(hashes)) return { hashes, digests: opened, clear: 'opened' }
  return { hashes: compared(image, {}), digests: {}, clear: 'closed' }
}

function isMatch(hashes: readonly HashResult[]): boolean {
  return hashes.length > 0 && hashes.every(({ result }) => result === 'match')
}

function compared({ data }: Image, digests: Readonly<Record<string, string>>): readonly HashResult[] {
  return data.hashes.map((hash) => {
    const computed = digests[hash.algorithm]
    if (computed === undefined) return { hash, computed, result: 'not-computed' }
    return { hash, computed, result: computed === hash.stated ? 'match' : 'mismatch' }
  })
}

/** Over header, body as the unpacker shows it, and protected TLVs; none as long as that is asked for. */
function digestsOfBody(
  { data, place }: Image,
  facts: Facts,
  out: ReduceOut,
): Readonly<Record<string, string>> {
  const path = `${place.path}/body`
  const body = facts.of('boot.mcuboot.body').find((one) => one.place.path === path)
  if (!data.surroundings || body?.data.size !== data.bodyLength) return {}
  const id = `boot.mcuboot ${path}`
  const answer = facts.of('answer.digest').find(({ data: { ask } }) => ask === id)
  if (answer) return answer.data.digests
  const algorithms = new Set<HashAlgorithm>(['sha256', ...data.hashes.map(({ algorithm }) => algorithm)])
  out.ask({ id, path, offset: 0, length: data.bodyLength, algorithms: [...algorithms], ...data.surroundings })
  return {}
}
