import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { seama } from '../seama/index.ts'
import { dlinkEncimg } from './index.ts'
import { KNOWN } from './parse.ts'

const B1 = 'wrgac25_dlink.2013gui_dir850l.bin'

describe('dlink-encimg', () => {
  it.each([B1, 'wrgac05_dlob.hans_dir850l.bin'])('decrypts %s', (name) => {
    const { contents, problems } = collect(dlinkEncimg, fixture('dlink-encimg', name))
    expect(problems).toEqual([])
    const inner = collect(seama, contents.get(name) as Buffer)
    expect(inner.problems).toEqual([])
    expect(inner.contents.get('image-0')?.toString('latin1')).toContain(lines(1, 400))
  })

  it('begins as the makers’ images do', () => {
    expect(KNOWN.map(({ magic }) => Buffer.from(magic, 'latin1').toString('hex'))).toEqual([
      '35666f68ef1afe1f34ef4f1121054ebe',
      '6801ccfbad6ba0ba3304b09cbb48b027',
      'df8c390d22b4dc29fb4ebfdbe8e18bfb',
      'f52aa0b49253bfeff821a62e28a7398b',
      '21ddda0099d887a9d52d7eff3b5870a6',
      'e313005b76df0be883245a42ff912d3d',
      '0a14e424ff0fb4d75366a0b072feabdf',
      '4c1b95af93725f810303964ddd760174',
    ])
  })

  it('ends where what is decrypted says so', () => {
    const image = fixture('dlink-encimg', B1)
    const followed = memoryBytes(Buffer.concat([image, Buffer.alloc(100, 1)]))
    expect(dlinkEncimg.recognise(followed, 0)).toEqual({ start: 0, end: image.length })
  })

  it('decrypts what lies before a cut', () => {
    const { contents, problems } = collect(dlinkEncimg, fixture('dlink-encimg', B1).subarray(0, 1001))
    expect(contents.get(B1)).toHaveLength(992)
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({
  format: dlinkEncimg,
  fixture: fixture('dlink-encimg', B1),
  needsItsEnd: 'there is one content only',
})
