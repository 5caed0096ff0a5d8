import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { qnap } from './index.ts'
import { pc1 } from './pc1.ts'

describe('qnap', () => {
  it('decrypts what is encrypted, and takes the rest as it is', () => {
    const { contents, problems } = collect(qnap, fixture('qnap', 'nas.img'))
    expect(problems).toEqual([])
    expect(JSON.parse(String(contents.get('footer.json')))).toMatchObject({
      model: 'TS-X53B',
      version: '4.3.6',
    })
    expect(gunzipSync(contents.get('firmware') as Buffer).toString()).toBe(lines(1, 400))
  })

  it('takes the model for the key of a router', () => {
    const { contents, problems } = collect(qnap, fixture('qnap', 'router.img'))
    expect(problems).toEqual([])
    expect(JSON.parse(String(contents.get('footer.json')))).toMatchObject({ model: 'QHORA-322' })
    expect(gunzipSync(contents.get('firmware') as Buffer).toString()).toBe(lines(1, 400))
  })

  it('gives the first bytes of gzip out of those that all images begin with', () => {
    const bytes = Buffer.from('f57b4703', 'hex')
    pc1('QNAPNASVERSION').decrypt(bytes)
    expect(bytes.toString('hex')).toBe('1f8b0800')
  })
})

hostileSuite({ format: qnap, fixture: fixture('qnap', 'nas.img'), needsItsEnd: 'its footer comes last' })
