import { type Bytes, latin1 } from '@messlatte/bytes'
import type { LeafFormat } from '../../contract.ts'

const BEGIN = '%%XRXbegin'
const END = '%%XRXend'
/** Bytes of the lines before the module: a kilobyte in what is known. */
const MAX_HEADER = 16 * 1024

/** Behind the lines that name the module. @throws BytesError */
function endOfHeader(bytes: Bytes, at: number): number | undefined {
  const text = latin1(bytes.view(at, Math.min(MAX_HEADER, bytes.size - at)))
  const last = text.indexOf(`\n${END}`)
  const next = /^\r?\n/.exec(text.slice(last + 1 + END.length))?.[0].length
  if (last < 0 || next === undefined) return undefined
  const [first, ...lines] = text.slice(0, last).split('\n')
  // All lines are comments of PostScript, and name what they tell.
  const holds =
    first?.trimEnd() === BEGIN && lines.length > 0 && lines.every((line) => /^%%\w[ -~]*\r?$/.test(line))
  return holds ? at + last + 1 + END.length + next : undefined
}

export const xeroxDlm: LeafFormat = {
  kind: 'leaf',
  name: 'xerox-dlm',
  title: 'Xerox dynamic loadable module (printers): its header',
  references: ['fact_extractor, plugins/unpacking/xerox/code/dlm.py'],
  limits: [
    'nothing tells how long the module behind it is: it is searched where it lies',
    'the signature in it is not checked: how it is computed is not public',
  ],
  recognisedOnly:
    'no tool that writes it is public, and no image that may be passed on; tried on the beginning of one in the tests of fact_extractor',
  magic: [{ bytes: BEGIN, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const end = endOfHeader(bytes, at)
    return end === undefined ? undefined : { start: at, end }
  },
}
