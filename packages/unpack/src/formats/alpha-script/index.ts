import { type Bytes, latin1 } from '@messlatte/bytes'
import type { Batch, ContainerFormat } from '../../contract.ts'
import { copyStretch, program, type Stored, showStored, whatIsThere, wrapped } from '../members.ts'
import { type AlphaScript, MAGIC, readAlphaScript } from './parse.ts'

type Plan = { readonly kind: 'script' | 'tool' | 'image'; readonly content: Stored }

/** Bytes that are turned round at once. */
const CHUNK = 256 * 1024

export const alphaScript: ContainerFormat<Plan> = {
  kind: 'container',
  name: 'alpha-script',
  title: 'Update of Alpha Networks: a script with an image behind it',
  references: ['fact_extractor, plugins/unpacking/alphanetworks/code/alphanetworks.py'],
  limits: [
    'it is read at the start of a file only',
    'there is no checksum, and nothing tells how long the image is: it is searched where it lies',
  ],
  recognisedOnly:
    'no tool that writes it is public, and no image that may be passed on; tried on the two samples in the tests of fact_extractor',
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: false,

  recognise(bytes, at) {
    const update = readAlphaScript(bytes, at)
    return update && { start: at, end: update.inverted ? bytes.size : update.imageAt }
  },

  *open(bytes, { start }): Generator<Batch<Plan>> {
    const { script, tool, imageAt, inverted } = readAlphaScript(bytes, start) as AlphaScript
    yield { cost: script.length, entries: 1, plan: { kind: 'script', content: script } }
    if (tool) yield { cost: tool.length, entries: 1, plan: { kind: 'tool', content: tool } }
    if (!inverted) return
    const image = whatIsThere(bytes, imageAt)
    yield { cost: image.length, entries: 1, plan: { kind: 'image', content: image } }
  },

  read(bytes, _region, { kind, content }, sink) {
    switch (kind) {
      case 'script':
        return showStored({ meta: wrapped('script.sh'), content }, sink)
      case 'tool': {
        const plain = Buffer.from(latin1(bytes.view(content.at, content.length)), 'base64')
        return sink.file(program('ddPack'), plain.length, (out) => out.set(plain))
      }
      case 'image':
        return sink.stream(wrapped('image'), (write) => {
          invert(bytes, content, write)
          return { end: bytes.size, checksum: 'none' }
        })
    }
  },
}

function invert(bytes: Bytes, { at, length }: Stored, write: (chunk: Uint8Array) => void): void {
  for (let place = at; place < at + length; place += CHUNK) {
    const chunk = new Uint8Array(Math.min(CHUNK, at + length - place))
    copyStretch(bytes, place, chunk)
    write(chunk.map((byte) => byte ^ 0xff))
  }
}
