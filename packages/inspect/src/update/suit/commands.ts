import { type CborMap, type CborValue, isCborArray, isCborMap, readCbor } from '@messlatte/bytes'

/** What the parameters in all sequences of commands tell. */
export interface Collected {
  readonly components: number
  /** UUIDs, hex. */
  readonly vendors: readonly string[]
  readonly classes: readonly string[]
  readonly digests: readonly CborValue[]
  readonly uris: readonly string[]
  readonly encrypted: boolean
}

const COMMON = 3
const COMPONENTS = 2
const SHARED = 4
const SEQUENCES = [7, 8, 9, 15, 16, 17, 20] as const
const SET_PARAMETERS = 19
const OVERRIDE_PARAMETERS = 20
/** Commands whose argument holds sequences again: run-sequence, try-each, for-each. */
const NESTED: ReadonlySet<number> = new Set([15, 32, 33])
const PARAMETER = { vendor: 1, class: 2, digest: 3, encryption: 19, uri: 21 } as const
const MOST_COMMANDS = 5000
const MOST_DEPTH = 8

/** Follows the sequences of a manifest as far as parameters stand in them; draft-ietf-suit-manifest, section 8.4. */
export function collect(manifest: CborMap, envelope: CborMap): Collected {
  const common = manifest.get(COMMON)
  const shared = common instanceof Uint8Array ? readCbor(common) : undefined
  const found = {
    vendors: new Set<string>(),
    classes: new Set<string>(),
    uris: new Set<string>(),
    digests: [] as CborValue[],
    encrypted: false,
    left: MOST_COMMANDS,
  }
  const visit = (value: CborValue | undefined, depth: number): void => {
    const sequence = value instanceof Uint8Array ? readCbor(value) : value
    if (!isCborArray(sequence) || depth > MOST_DEPTH) return
    for (let at = 0; at + 1 < sequence.length && found.left-- > 0; at += 2) {
      const [command, argument] = [sequence[at], sequence[at + 1]]
      if (command === SET_PARAMETERS || command === OVERRIDE_PARAMETERS) parameters(argument, found)
      else if (typeof command === 'number' && NESTED.has(command))
        for (const one of isCborArray(argument) ? argument : [argument]) visit(one, depth + 1)
    }
  }
  const components = isCborMap(shared) ? shared.get(COMPONENTS) : undefined
  if (isCborMap(shared)) visit(shared.get(SHARED), 0)
  for (const key of SEQUENCES) {
    const [value, severed] = [manifest.get(key), envelope.get(key)]
    // A digest stands in the place of a part that was severed, and lies beside the manifest.
    if (value instanceof Uint8Array) visit(value, 0)
    else if (severed instanceof Uint8Array) visit(severed, 0)
  }
  return {
    components: isCborArray(components) ? components.length : 0,
    vendors: [...found.vendors],
    classes: [...found.classes],
    uris: [...found.uris],
    digests: found.digests,
    encrypted: found.encrypted,
  }
}

function parameters(
  value: CborValue | undefined,
  found: {
    readonly vendors: Set<string>
    readonly classes: Set<string>
    readonly uris: Set<string>
    readonly digests: CborValue[]
    encrypted: boolean
  },
): void {
  if (!isCborMap(value)) return
  const bytes = (key: number) => {
    const one = value.get(key)
    return one instanceof Uint8Array ? [Buffer.from(one).toString('hex')] : []
  }
  for (const one of bytes(PARAMETER.vendor)) found.vendors.add(one)
  for (const one of bytes(PARAMETER.class)) found.classes.add(one)
  const [stated, uri] = [value.get(PARAMETER.digest), value.get(PARAMETER.uri)]
  if (stated !== undefined) found.digests.push(stated)
  if (typeof uri === 'string') found.uris.add(uri)
  found.encrypted ||= value.has(PARAMETER.encryption)
}
