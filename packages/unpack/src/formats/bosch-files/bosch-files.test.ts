import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { boschFiles } from './index.ts'

describe('bosch-files', () => {
  it('gives the files', () => {
    const { contents, problems } = collect(boschFiles, fixture('bosch-files', 'app.bin'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toEqual(['arm.app1.gz', 'RomFS.bin', 'empty'])
    expect(contents.get('arm.app1.gz')?.toString()).toBe(lines(1, 300))
    const web = collect(boschFiles, fixture('bosch-files', 'romfs.bin'))
    expect([...web.contents.keys()]).toEqual(['index.html', 'css/main.css'])
  })

  it('tells what is cut off', () => {
    const image = fixture('bosch-files', 'app.bin')
    expect(collect(boschFiles, image.subarray(0, 600)).problems).toMatchObject([
      { code: 'truncated' },
      { code: 'truncated', path: 'arm.app1.gz' },
    ])
    // Within the second header.
    expect(collect(boschFiles, image.subarray(0, image.indexOf('RomFS.bin') + 4)).problems).toMatchObject([
      { code: 'truncated' },
    ])
  })
})

hostileSuite({ format: boschFiles, fixture: fixture('bosch-files', 'app.bin') })
