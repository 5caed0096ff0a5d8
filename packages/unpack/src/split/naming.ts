/** How one that is missing would be called. */
export type Naming =
  | { readonly style: 'digits'; readonly before: string; readonly width: number; readonly after: string }
  | { readonly style: 'letters'; readonly before: string }
  | { readonly style: 'rar'; readonly before: string }
  | { readonly style: 'zip'; readonly before: string }
  | { readonly style: 'swm'; readonly before: string }
  | { readonly style: 'shield'; readonly before: string }
  /** Each cabinet names those before and behind it. */
  | { readonly style: 'told'; readonly previous: string | undefined; readonly next: string | undefined }

/** What the name of a file, or what it begins with, tells of its place among the parts of something larger. */
export interface Place {
  readonly kind: 'cut' | 'zip' | 'rar' | 'cab' | 'wim' | 'shield' | 'sparse'
  /** What the parts of one set share. */
  readonly set: string
  /** Its place; the first one has the number `first`, where that is known. */
  readonly number: number
  readonly first?: number
  /** Name of what they are together. */
  readonly whole: string
  readonly naming: Naming
  /** Whether it says that another one follows; undefined where it tells nothing about it. */
  readonly goesOn?: boolean
}

/** What the part of this number would be called; undefined where nobody says. */
export function nameOfPart(naming: Naming, number: number): string | undefined {
  switch (naming.style) {
    case 'digits':
      return `${naming.before}${String(number).padStart(naming.width, '0')}${naming.after}`
    case 'letters':
      return `${naming.before}${String.fromCharCode(0x61 + Math.floor(number / 26), 0x61 + (number % 26))}`
    case 'zip':
      return `${naming.before}.z${String(number).padStart(2, '0')}`
    case 'swm':
      return `${naming.before}${number === 1 ? '' : number}.swm`
    case 'shield':
      return number === 0 ? `${naming.before}1.hdr` : `${naming.before}${number}.cab`
    case 'rar': {
      if (number === 0) return `${naming.before}.rar`
      const letter = String.fromCharCode(0x72 + Math.floor((number - 1) / 100))
      return `${naming.before}.${letter}${String((number - 1) % 100).padStart(2, '0')}`
    }
    case 'told':
      return undefined
  }
}
