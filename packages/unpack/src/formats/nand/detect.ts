import type { Bytes } from '@messlatte/bytes'

/** How a chip is cut, in bytes. */
export interface Geometry {
  readonly page: number
  /** Bytes behind each page. */
  readonly spare: number
}

/** Of the chips that dumps are taken from: Linux kernel, drivers/mtd/nand/raw/nand_ids.c. */
const GEOMETRIES: readonly Geometry[] = [
  { page: 2048, spare: 64 },
  { page: 2048, spare: 128 },
  { page: 512, spare: 16 },
  { page: 4096, spare: 128 },
  { page: 4096, spare: 224 },
  { page: 4096, spare: 256 },
  { page: 4096, spare: 64 },
  { page: 8192, spare: 448 },
  { page: 8192, spare: 640 },
  { page: 8192, spare: 744 },
]
/** Where a manufacturer marks bad blocks: two bytes of ones in the spare of a good one; small pages have one byte. */
const SMALL_PAGE = 512
const SMALL_MARK_AT = 5

const LEAST_USED = 32
const MOST_USED = 256
/** Pages that are looked at to find used ones, from the start on. */
const MOST_PAGES = 4096
const GOOD = 0.95
/** Ones at places within pages, where chance rules. */
const CHANCE = 0.5
const PLACES_WITHIN = 8
/** Pages at the end that may be none. */
const MOST_BEHIND = 64
/** Few pages tell already that a guess is wrong. */
const FIRST = 12

/** How the chip was cut whose dump begins at `at`, spare bytes included; undefined where none fits. */
export function detectGeometry(bytes: Bytes, at: number): Geometry | undefined {
  return GEOMETRIES.find((geometry) => fits(bytes, at, geometry))
}

/** Behind the last page that is marked as good ones are: the dump may be followed by something else. */
export function endOfPages(bytes: Bytes, start: number, { page, spare }: Geometry): number {
  const step = page + spare
  let pages = Math.floor((bytes.size - start) / step)
  for (let back = 0; back < MOST_BEHIND && pages > LEAST_USED; back++) {
    if (isMarkedGood(bytes.view(start + (pages - 1) * step, step), page)) break
    pages--
  }
  return start + pages * step
}

function fits(bytes: Bytes, start: number, { page, spare }: Geometry): boolean {
  const step = page + spare
  const pages = Math.min(MOST_PAGES, Math.floor((bytes.size - start) / step))
  if (pages < LEAST_USED) return false
  let used = 0
  let good = 0
  let within = 0
  for (let index = 0; index < pages && used < MOST_USED; index++) {
    const view = bytes.view(start + index * step, step)
    const data = view.subarray(0, page)
    if (data.every((byte) => byte === 0xff)) {
      // What was erased has no code either.
      if (!view.subarray(page).every((byte) => byte === 0xff)) return false
      continue
    }
    used++
    if (isMarkedGood(view, page)) good++
    for (let place = 1; place <= PLACES_WITHIN; place++) {
      const from = Math.floor((page * place) / PLACES_WITHIN) - 2
      if (view[from] === 0xff && view[from + 1] === 0xff) within += 1 / PLACES_WITHIN
    }
    if (used === FIRST && good < FIRST - 2) return false
  }
  return used >= LEAST_USED && good >= GOOD * used && within <= CHANCE * used
}

function isMarkedGood(view: Uint8Array, page: number): boolean {
  return page === SMALL_PAGE
    ? view[page + SMALL_MARK_AT] === 0xff
    : view[page] === 0xff && view[page + 1] === 0xff
}
