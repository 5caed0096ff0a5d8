/** How a client finds two versions to stand; `refused` where it takes none that it cannot read, undefined where that is not known. */
export type ClientOrder = -1 | 0 | 1 | 'refused' | undefined

/** Longer ones are no versions. */
const MOST = 200
const MOST_UINT64 = 2n ** 64n - 1n
const MOST_FIELD = 0xffff

interface Semantic {
  readonly core: readonly bigint[]
  readonly before: string | undefined
}

/**
 * RAUC, `min-bundle-version`: src/utils.c, r_semver_parse and r_semver_less_equal. What stands behind the last `+` does not count,
 * what stands behind the last `-` before it is a pre-release; one to three numbers are left, or RAUC refuses the bundle.
 */
export function raucOrder(left: string, right: string): ClientOrder {
  const [a, b] = [raucVersion(left), raucVersion(right)]
  return a && b ? semanticOrder(a, b) : 'refused'
}

function raucVersion(version: string): Semantic | undefined {
  if (version.length > MOST) return undefined
  const [plain] = cutAtLast(version, '+')
  const [core, before] = cutAtLast(plain, '-')
  const numbers = core.split('.')
  const isRead =
    numbers.length <= 3 && numbers.every((one) => /^\d+$/.test(one) && BigInt(one) <= MOST_UINT64)
  return isRead ? { core: numbers.map(BigInt), before } : undefined
}

function cutAtLast(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.lastIndexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** Semantic Versioning 2.0.0, section 11. */
function semanticOrder(a: Semantic, b: Semantic): -1 | 0 | 1 {
  for (let at = 0; at < 3; at++) {
    const order = compared(a.core[at] ?? 0n, b.core[at] ?? 0n)
    if (order !== 0) return order
  }
  if (a.before === undefined || b.before === undefined)
    return a.before === b.before ? 0 : a.before === undefined ? 1 : -1
  const [left, right] = [a.before.split('.'), b.before.split('.')]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const order = identifierOrder(left[at] as string, right[at] as string)
    if (order !== 0) return order
  }
  return compared(left.length, right.length)
}

function identifierOrder(a: string, b: string): -1 | 0 | 1 {
  const [first, second] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (first && second) return compared(BigInt(a), BigInt(b))
  return first === second ? compared(a, b) : first ? -1 : 1
}

function compared<T extends bigint | number | string>(a: T, b: T): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * SWUpdate, `no-downgrading` and `max-version`: core/artifacts_versions.c, compare_versions. Numbers with dots first (of more than
 * four the rest does not count, each is at most 65,535), then semantic versions. What is neither it compares by its characters;
 * which ones its reader of semantic versions still takes is not known here, so that such versions have no order.
 */
export function swupdateOrder(left: string, right: string): ClientOrder {
  if (left.length > MOST || right.length > MOST) return undefined
  const [a, b] = [numbered(left), numbered(right)]
  if (a && b) return fieldsOrder(a, b)
  const [first, second] = [strict(left), strict(right)]
  if (first && second) return semanticOrder(first, second)
  return left === right ? 0 : undefined
}

function numbered(version: string): readonly number[] | undefined {
  if (!/^[\d.]+$/.test(version)) return undefined
  const fields = version.split('.').slice(0, 4).map(Number)
  return fields.every((one) => one <= MOST_FIELD) ? fields : undefined
}

function fieldsOrder(a: readonly number[], b: readonly number[]): -1 | 0 | 1 {
  for (let at = 0; at < 4; at++) {
    const order = compared(a[at] ?? 0, b[at] ?? 0)
    if (order !== 0) return order
  }
  return 0
}

function strict(version: string): Semantic | undefined {
  const [, core = '', before] =
    /^((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(version) ?? []
  return core === '' ? undefined : { core: core.split('.').map(BigInt), before }
}
