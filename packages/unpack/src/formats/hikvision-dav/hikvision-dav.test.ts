import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { hikvisionDav } from './index.ts'

describe('hikvision-dav', () => {
  it.each(['length-first.dav', 'place-first.dav'])('gives the files of %s', (name) => {
    const { contents, problems } = collect(hikvisionDav, fixture('hikvision-dav', name))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['hroot.img', 'IEfile.tar.gz', 'hroot.img-2'])
    expect(contents.get('hroot.img')?.toString()).toBe(lines(1, 300))
    expect(contents.get('hroot.img-2')?.toString()).toBe('again')
  })

  it('tells sums that differ, and what is cut off', () => {
    const image = fixture('hikvision-dav', 'length-first.dav')
    image[image.length - 1] = 0
    expect(collect(hikvisionDav, image).problems).toMatchObject([{ code: 'checksum', path: 'hroot.img-2' }])
    image[20] = 0
    expect(collect(hikvisionDav, image.subarray(0, 300)).problems).toMatchObject([
      { code: 'checksum' },
      { code: 'truncated', path: 'hroot.img' },
      { code: 'truncated', path: 'IEfile.tar.gz' },
      { code: 'truncated', path: 'hroot.img-2' },
    ])
  })
})

hostileSuite({ format: hikvisionDav, fixture: fixture('hikvision-dav', 'length-first.dav') })
hostileSuite({ format: hikvisionDav, fixture: fixture('hikvision-dav', 'place-first.dav') })
