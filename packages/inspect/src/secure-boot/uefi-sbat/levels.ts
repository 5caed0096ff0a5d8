/** A set of generations that counted as revoked from a day on. */
export interface SbatLevel {
  /** As the data calls it: year, month, day, and two digits. */
  readonly date: string
  /** The least generation that is still started, by component. */
  readonly least: Readonly<Record<string, number>>
}

/**
 * Of shim: SbatLevel_Variable.txt in rhboot/shim up to 2025-02-18, and the section `.sbatlevel` of shim 16.1 (Debian
 * shim-unsigned 16.1-2~deb12u1) for 2025-05-10. Each replaces those before it.
 */
export const LEVELS: readonly SbatLevel[] = [
  { date: '2022052400', least: { shim: 2, grub: 2 } },
  { date: '2022111500', least: { shim: 2, grub: 3 } },
  { date: '2023012900', least: { shim: 2, grub: 3, 'grub.debian': 4 } },
  { date: '2024010900', least: { shim: 4, grub: 3, 'grub.debian': 4 } },
  { date: '2024040900', least: { shim: 4, grub: 4, 'grub.peimage': 2 } },
  { date: '2025021800', least: { shim: 4, grub: 5 } },
  { date: '2025051000', least: { shim: 4, grub: 5, 'grub.proxmox': 2 } },
]

export const SOURCE = 'rhboot/shim, SbatLevel_Variable.txt (2025021800); shim 16.1, .sbatlevel (2025051000)'

/** A component that is older than a level allows. */
export interface Revoked {
  readonly component: string
  readonly generation: number
  readonly least: number
  /** The first level that asks for more. */
  readonly since: string
}

/** What the newest level revokes, with the first that did. */
export function revokedComponents(
  components: readonly { readonly name: string; readonly generation: number }[],
): readonly Revoked[] {
  const newest = LEVELS[LEVELS.length - 1] as SbatLevel
  return components.flatMap(({ name, generation }) => {
    const least = Object.hasOwn(newest.least, name) ? (newest.least[name] as number) : 0
    if (generation >= least) return []
    const since = LEVELS.find((level) => (level.least[name] ?? 0) > generation)?.date ?? newest.date
    return [{ component: name, generation, least, since }]
  })
}
