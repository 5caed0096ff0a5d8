/** A hash that can be tried here. */
export interface TriableHash {
  /** Its kind, as reports name it. */
  readonly scheme: string
  /** What one try costs, in tries of md5crypt (about 0.1 ms): work is bounded by this and not by seconds. */
  readonly cost: number
  /** A command that a laboratory types the password into, to compare; undefined where there is none that is safe to write down. */
  readonly repeat: string | undefined
  /** So many tries are made in one go. */
  readonly batch: number
  /**
   * The first of some passwords that gives the hash; -1 where none does.
   * @param passwords at most MOST_PASSWORD bytes each, UTF-8
   */
  find(passwords: readonly Uint8Array[]): number
}

/** Longer passwords are not tried. */
export const MOST_PASSWORD = 72

/** Why a hash was not tried: nobody wrote its kind yet, or one try would take too long. */
export type WhyUntried = 'not-computed-here' | 'cost-too-high'

export type ReadHash =
  | { readonly state: 'hash'; readonly hash: TriableHash }
  | { readonly state: 'untried'; readonly scheme: string; readonly why: WhyUntried }

/** One kind of hash: undefined for a text of any other kind. */
export type HashKind = (text: string) => ReadHash | undefined

/** A hash of a kind that is computed one at a time. */
export function oneByOne(
  scheme: string,
  cost: number,
  repeat: string | undefined,
  matches: (password: Uint8Array) => boolean,
): ReadHash {
  return {
    state: 'hash',
    hash: { scheme, cost, repeat, batch: 1, find: (passwords) => passwords.findIndex(matches) },
  }
}

/** Salts come from the image and people paste commands: only harmless ones are written down. */
export function isHarmless(salt: string): boolean {
  return /^[./0-9A-Za-z]+$/.test(salt)
}

/** Passwords of the same length together, with where they stood. */
export function byLength(
  passwords: readonly Uint8Array[],
): readonly (readonly { readonly at: number; readonly password: Uint8Array }[])[] {
  const groups = new Map<number, { at: number; password: Uint8Array }[]>()
  passwords.forEach((password, at) => {
    const group = groups.get(password.length)
    if (group) group.push({ at, password })
    else groups.set(password.length, [{ at, password }])
  })
  return [...groups.values()]
}
