import type { DigestAlgorithm, Fact, Facts, ReduceOut } from '../../contract.ts'
import type { FitFact, FitImage, HashNode } from './facts.ts'
import { signatureAlgorithm } from './verify.ts'

/** How well its own hash nodes protect an image, worst first. */
export const STATES = ['mismatch', 'unread', 'none', 'checksum', 'weak-hash', 'strong'] as const
export type ContentState = (typeof STATES)[number]

export interface HashResult {
  readonly hash: HashNode
  /** Lower-case hex; undefined where it was not computed. */
  readonly computed: string | undefined
  readonly result: 'match' | 'mismatch' | 'ignored' | 'not-computed'
}

export interface ImageContent {
  readonly image: FitImage
  readonly state: ContentState
  readonly hashes: readonly HashResult[]
  /** Digests of the data, by algorithm. */
  readonly digests: Readonly<Record<string, string>>
}

const COMPUTED: Readonly<
  Record<string, { readonly algorithm: DigestAlgorithm; readonly state: ContentState }>
> = {
  crc32: { algorithm: 'crc32', state: 'checksum' },
  md5: { algorithm: 'md5', state: 'checksum' },
  sha1: { algorithm: 'sha1', state: 'weak-hash' },
  sha256: { algorithm: 'sha256', state: 'strong' },
  sha384: { algorithm: 'sha384', state: 'strong' },
  sha512: { algorithm: 'sha512', state: 'strong' },
}

/** What the hash nodes of a FIT's images are worth, by name; asks for the digests that are still missing. */
export function contentsOf(
  fit: Fact,
  data: FitFact,
  facts: Facts,
  out: ReduceOut,
): ReadonlyMap<string, ImageContent> {
  const answers = new Map(facts.of('answer.digest').map(({ data: answer }) => [answer.ask, answer.digests]))
  const contents = new Map<string, ImageContent>()
  data.images.forEach((image, at) => {
    const algorithms = algorithmsOf(image)
    const id = `boot.fit ${at} ${fit.place.path}`
    if ('offset' in image.data && algorithms.length > 0 && !answers.has(id)) {
      const { offset, length } = image.data
      out.ask({ id, path: fit.place.path, offset, length, algorithms })
    }
    const digests = answers.get(id) ?? {}
    const hashes = image.hashes.map((hash) => compare(hash, digests))
    if (!contents.has(image.name))
      contents.set(image.name, { image, hashes, digests, state: stateOf(image, hashes) })
  })
  return contents
}

function algorithmsOf({ hashes, signatures }: FitImage): readonly DigestAlgorithm[] {
  const hashed = hashes.flatMap(({ algorithm }) => known(algorithm)?.algorithm ?? [])
  const signed = signatures.flatMap(({ algorithm }) => signatureAlgorithm(algorithm)?.digest ?? [])
  return [...new Set([...hashed, ...signed])].sort()
}

function known(algorithm: string) {
  return Object.hasOwn(COMPUTED, algorithm) ? COMPUTED[algorithm] : undefined
}

function compare(hash: HashNode, digests: Readonly<Record<string, string>>): HashResult {
  if (hash.ignored) return { hash, computed: undefined, result: 'ignored' }
  const computed = digests[known(hash.algorithm)?.algorithm ?? '']
  if (computed === undefined) return { hash, computed, result: 'not-computed' }
  return { hash, computed, result: computed === hash.value ? 'match' : 'mismatch' }
}

/** One hash that does not match spoils all, as boot loaders see it; else the strongest one counts. */
function stateOf({ data }: FitImage, hashes: readonly HashResult[]): ContentState {
  if (hashes.some(({ result }) => result === 'mismatch')) return 'mismatch'
  if (!('offset' in data) || hashes.some(({ result }) => result === 'not-computed')) return 'unread'
  const states = hashes.flatMap(({ hash, result }) =>
    result === 'match' ? (known(hash.algorithm)?.state ?? []) : [],
  )
  return STATES.findLast((state) => states.includes(state)) ?? 'none'
}

/** The worst of some images; `unread` when there are none. */
export function weakest(contents: readonly ImageContent[]): ContentState {
  return STATES.find((state) => contents.some((one) => one.state === state)) ?? 'unread'
}
