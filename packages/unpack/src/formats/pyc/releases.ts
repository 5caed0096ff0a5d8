/** How a release of CPython lays a compiled file out. */
export interface PycKind {
  /** Bytes before what is marshalled. */
  readonly header: number
  /** Numbers of four bytes at the start of a code object. */
  readonly numbers: number
  /** Objects of a code object before the number of its first line. */
  readonly before: number
  /** And behind it. */
  readonly behind: number
}

interface Release {
  /** The first two bytes, little endian. */
  readonly word: number
  readonly kind: PycKind
}

const PYTHON_2: PycKind = { header: 8, numbers: 4, before: 8, behind: 1 }
const PYTHON_3: PycKind = { header: 12, numbers: 5, before: 8, behind: 1 }
/** The header has flags from 3.7 on. */
const FLAGGED: PycKind = { ...PYTHON_3, header: 16 }
/** Parameters that are positional only are counted from 3.8 on. */
const POSITIONAL: PycKind = { ...FLAGGED, numbers: 6 }
/** Local variables are one list from 3.11 on, and exceptions have a table. */
const LOCALS: PycKind = { ...FLAGGED, numbers: 5, before: 8, behind: 2 }

/** The last word of each release that was published; what stood in between were trials. */
export const RELEASES: readonly Release[] = [
  { word: 62_211, kind: PYTHON_2 },
  { word: 3310, kind: PYTHON_3 },
  { word: 3350, kind: PYTHON_3 },
  { word: 3351, kind: PYTHON_3 },
  { word: 3379, kind: PYTHON_3 },
  { word: 3394, kind: FLAGGED },
  { word: 3413, kind: POSITIONAL },
  { word: 3425, kind: POSITIONAL },
  { word: 3439, kind: POSITIONAL },
  { word: 3495, kind: LOCALS },
  { word: 3531, kind: LOCALS },
  { word: 3571, kind: LOCALS },
  { word: 3627, kind: LOCALS },
]

export function pycKindOf(word: number): PycKind | undefined {
  return RELEASES.find((release) => release.word === word)?.kind
}
