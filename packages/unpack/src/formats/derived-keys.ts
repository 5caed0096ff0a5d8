const MOST_KEPT = 1000

/** Keeps what takes long to derive from a secret, for as long as the secret is held. */
export function derivedKeys<Key>(): (secret: Uint8Array, name: string, derive: () => Key) => Key {
  const known = new WeakMap<Uint8Array, Map<string, Key>>()
  return (secret, name, derive) => {
    const kept = known.get(secret) ?? new Map<string, Key>()
    known.set(secret, kept)
    const key = kept.get(name) ?? derive()
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(name, key)
    return key
  }
}
