/** A line of the section `.sbat`: what a program is made of, and how often that had to be revoked. shim, SBAT.md. */
export interface SbatComponent {
  readonly name: string
  readonly generation: number
  /** Name of the package, and its version; byte strings. */
  readonly packageName: string
  readonly version: string
}

const MOST_COMPONENTS = 64

/** The components of a section; undefined where it does not begin as one. */
export function parseSbat(text: string): readonly SbatComponent[] | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (!/^sbat,\d{1,9}(?:,|$)/.test(lines[0] ?? '')) return undefined
  return lines.slice(0, MOST_COMPONENTS).flatMap((line) => {
    const [name = '', generation = '', , packageName = '', version = ''] = line.trim().split(',')
    if (name === '' || !/^\d{1,9}$/.test(generation)) return []
    return [{ name, generation: Number(generation), packageName, version }]
  })
}
