import { type Bytes, latin1 } from '@messlatte/bytes'
import { inlay } from '../inlay.ts'

const BEGIN = '%PDF-'
const END = '%%EOF'
/** What stands before the end of a part: where its table of references lies. */
const BEFORE = 48
/** Windows grow, because an end is near or far. */
const FIRST_WINDOW = 8 * 1024
const LARGEST_WINDOW = 1024 * 1024
const MOST_PARTS = 1000

export const pdf = inlay(
  {
    name: 'pdf',
    title: 'PDF (documents)',
    references: ['ISO 32000-2, sections 7.5 and annex F'],
    limits: [
      'nothing is taken out of it',
      'one with another one in it that is not compressed is not recognised',
    ],
    magic: [`${BEGIN}1.`, `${BEGIN}2.`].map((bytes) => ({ bytes, at: 0 })),
    carve: true,
  },
  (bytes, at) => {
    let end: number | undefined
    for (let part = 0, from = at + BEGIN.length; part < MOST_PARTS; part++) {
      const mark = nextEnd(bytes, from)
      if (mark === undefined || !isReferenced(bytes, at, mark)) return end
      end = behindLine(bytes, mark + END.length)
      if (!goesOn(bytes, end)) return end
      from = end
    }
    return end
  },
)

/** The next mark of an end; another beginning before it says that this is none. */
function nextEnd(bytes: Bytes, from: number): number | undefined {
  for (
    let at = from, step = FIRST_WINDOW;
    at < bytes.size;
    at += step, step = Math.min(2 * step, LARGEST_WINDOW)
  ) {
    const view = bytes.view(at, Math.min(step + END.length - 1, bytes.size - at))
    const window = Buffer.from(view.buffer, view.byteOffset, view.length)
    const [begin, end] = [window.indexOf(BEGIN, 0, 'latin1'), window.indexOf(END, 0, 'latin1')]
    if (begin >= 0 && (end < 0 || begin < end)) return undefined
    if (end >= 0) return at + end
  }
  return undefined
}

/** Before the mark stands where the references lie. The first part of a file that is made for the web has 0 there. */
function isReferenced(bytes: Bytes, start: number, mark: number): boolean {
  const from = Math.max(start, mark - BEFORE)
  const told = /startxref[\r\n ]{1,4}(\d{1,10})[\r\n ]{1,4}$/.exec(latin1(bytes.view(from, mark - from)))
  if (!told) return false
  const offset = Number(told[1])
  if (offset === 0) return true
  if (start + offset >= mark) return false
  const there = latin1(bytes.view(start + offset, Math.min(24, mark - start - offset)))
  return /^\s{0,4}(xref|\d{1,10} \d{1,5} obj)/.test(there)
}

function behindLine(bytes: Bytes, at: number): number {
  const rest = latin1(bytes.view(at, Math.min(2, bytes.size - at)))
  return at + (rest.startsWith('\r\n') ? 2 : /^[\r\n]/.test(rest) ? 1 : 0)
}

/** Whether objects come behind a part: what was changed later, or all that does not show on the first page. */
function goesOn(bytes: Bytes, at: number): boolean {
  return /^\s{0,4}(\d{1,10} \d{1,5} obj|xref|%[^P])/.test(
    latin1(bytes.view(at, Math.min(32, bytes.size - at))),
  )
}
