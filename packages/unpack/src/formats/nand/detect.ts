import { type Bytes, consistsOf } from '@messlatte/bytes'

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

/** Pages that are well filled. */
const LEAST_DENSE = 32
const MOST_DENSE = 256
/** Pages that are looked at, from the start on, to find used ones; and where those so far were good, to find filled ones. */
const MOST_PAGES = 4096
const MOST_WITH_GOOD = 65_536
const GOOD = 0.95
/** Of the places within a page: more that hold ones tell nothing of its spare bytes. */
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
  for (let back = 0; back < MOST_BEHIND && pages > LEAST_DENSE; back++) {
    if (isMarkedGood(bytes.view(start + (pages - 1) * step, step), page)) break
    pages--
  }
  return start + pages * step
}

function fits(bytes: Bytes, start: number, { page, spare }: Geometry): boolean {
  const step = page + spare
  const pages = Math.min(MOST_WITH_GOOD, Math.floor((bytes.size - start) / step))
  if (pages < LEAST_DENSE) return false
  let used = 0
  let usedGood = 0
  let dense = 0
  let denseGood = 0
  for (let index = 0; index < pages && dense < MOST_DENSE; index++) {
    if (index === MOST_PAGES && (used < FIRST || usedGood < GOOD * used)) return false
    const view = bytes.view(start + index * step, step)
    const data = view.subarray(0, page)
    // A bad block gives nothing: no page of a good one has a code of zeros.
    if (consistsOf(view, 0)) continue
    if (consistsOf(data, 0xff)) {
      // What was erased has no code either.
      if (!consistsOf(view.subarray(page), 0xff)) return false
      continue
    }
    const good = isMarkedGood(view, page)
    used++
    if (good) usedGood++
    if (used === FIRST && usedGood < FIRST - 2) return false
    // A page with little in it, as the headers of UBI are, has ones wherever one looks.
    if (onesWithin(data) > CHANCE * PLACES_WITHIN) continue
    dense++
    if (good) denseGood++
    if (dense === FIRST && denseGood < FIRST - 2) return false
  }
  return dense >= LEAST_DENSE && usedGood >= GOOD * used && denseGood >= GOOD * dense
}

/** At how many of some places within a page there are two bytes of ones. */
function onesWithin(data: Uint8Array): number {
  let ones = 0
  for (let place = 1; place <= PLACES_WITHIN; place++) {
    const from = Math.floor((data.length * place) / PLACES_WITHIN) - 2
    if (data[from] === 0xff && data[from + 1] === 0xff) ones++
  }
  return ones
}

function isMarkedGood(view: Uint8Array, page: number): boolean {
  return page === SMALL_PAGE
    ? view[page + SMALL_MARK_AT] === 0xff
    : view[page] === 0xff && view[page + 1] === 0xff
}
