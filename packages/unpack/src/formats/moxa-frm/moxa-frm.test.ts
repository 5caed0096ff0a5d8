import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { moxaFrm } from './index.ts'

describe('moxa-frm', () => {
  it.each(['nport.rom', 'later.rom'])('gives the firmware and the files of %s', (name) => {
    const { contents, problems } = collect(moxaFrm, fixture('moxa-frm', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual([
      'firmware-0',
      'files-1/index.htm',
      'files-1/logo.gif',
      'files-1/index.htm-2',
    ])
    expect(contents.get('firmware-0')?.toString()).toBe(lines(1, 300))
    expect(contents.get('files-1/index.htm-2')?.toString()).toBe('again\n')
  })

  it('tells tables that make no sense, and what is cut off', () => {
    const image = fixture('moxa-frm', 'nport.rom')
    expect(collect(moxaFrm, image.subarray(0, 600)).problems).toMatchObject([
      { code: 'truncated', path: 'firmware-0' },
      { code: 'structure', path: 'files-1' },
      { code: 'truncated', path: 'files-1' },
    ])
    image[image.indexOf('logo.gif')] = 1
    const { contents, problems } = collect(moxaFrm, image)
    expect(problems).toMatchObject([{ code: 'structure', path: 'files-1' }])
    expect(contents.has('files-1')).toBe(true)
  })
})

hostileSuite({ format: moxaFrm, fixture: fixture('moxa-frm', 'nport.rom') })
hostileSuite({ format: moxaFrm, fixture: fixture('moxa-frm', 'later.rom') })
