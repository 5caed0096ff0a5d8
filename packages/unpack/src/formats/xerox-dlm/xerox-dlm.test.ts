import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { xeroxDlm } from './index.ts'

const HEADER = fixture('xerox-dlm', 'header.dlm')

describe('xerox-dlm', () => {
  it('ends where the module begins', () => {
    const image = Buffer.concat([HEADER, Buffer.from('\x1f\x8b\n%%XRXend\n', 'latin1')])
    expect(xeroxDlm.recognise(memoryBytes(image), 0)).toEqual({ start: 0, end: HEADER.length })
  })

  it('takes lines that end as on Windows', () => {
    const lines = Buffer.from(HEADER.toString().replaceAll('\n', '\r\n'))
    expect(xeroxDlm.recognise(memoryBytes(lines), 0)).toEqual({ start: 0, end: lines.length })
  })

  it('refuses lines that tell nothing', () => {
    const image = Buffer.from('%%XRXbegin\n%%XRXend\n')
    expect(xeroxDlm.recognise(memoryBytes(image), 0)).toBeUndefined()
  })
})

hostileSuite({ format: xeroxDlm, fixture: HEADER })
