import type { ContainerFormat } from '../../contract.ts'
import { ascii85Stream } from '../ascii85/decode.ts'
import { inBatches, type Stored, wrapped } from '../members.ts'
import { MAGIC, payloadsOf, textEnd } from './payloads.ts'

interface Payload {
  readonly path: string
  readonly text: Stored
}

export const postscript: ContainerFormat<readonly Payload[]> = {
  kind: 'container',
  name: 'postscript',
  title: 'PostScript with data in it (ASCII85: updates of Xerox printers)',
  references: [
    'Adobe, PostScript Language Reference, 3rd edition, section 3.13.3',
    'fact_extractor, plugins/unpacking/xerox/code/postscript.py',
  ],
  limits: [
    'found at the start of a file or content only, and ends where the text does',
    'a filter that is kept under a name, as drawings of cairo have it, is not followed',
    'data behind further filters is shown as those left it; other encodings than ASCII85 are left in the text',
  ],
  recognisedOnly:
    'no tool that writes updates is public: made by a script; tried on the sample in the tests of fact_extractor',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const end = textEnd(bytes, at)
    const [first] = payloadsOf(bytes, at, end)
    return first && { start: at, end }
  },

  *open(bytes, { start, end }) {
    yield* inBatches(named(payloadsOf(bytes, start, end)), ({ text }) => text.length)
  },

  read(bytes, _region, plan, sink) {
    for (const { path, text } of plan)
      sink.stream(wrapped(path), (write) => ascii85Stream(bytes, text.at, text.at + text.length, write))
  },
}

function* named(texts: Iterable<Stored>): Generator<Payload> {
  let number = 0
  for (const text of texts) yield { path: `payload-${++number}`, text }
}
