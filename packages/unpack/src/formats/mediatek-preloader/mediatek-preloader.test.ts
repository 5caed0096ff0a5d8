import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { mediatekPreloader } from './index.ts'

const PROGRAM = Array.from({ length: 300 }, (_, index) => `${index + 1}\n`).join('')

describe('mediatek-preloader', () => {
  it.each(['alone.bin', 'emmc.bin'])('gives the program and the digest of %s', (name) => {
    const image = fixture('mediatek-preloader', name)
    const { region, contents, problems } = collect(
      mediatekPreloader,
      Buffer.concat([image, Buffer.alloc(64, 7)]),
    )
    expect(problems).toEqual([])
    expect(contents.get('program')?.toString('latin1').slice(0, PROGRAM.length)).toBe(PROGRAM)
    expect(contents.get('signature')?.length).toBe(32)
    expect(region.end).toBe(image.length)
  })

  it('tells a digest that differs, and an end that is not there', () => {
    const problemsOf = (content: Buffer) => collect(mediatekPreloader, content).problems
    expect(problemsOf(fixture('mediatek-preloader', 'digest.bin'))).toMatchObject([{ code: 'checksum' }])
    const cut = fixture('mediatek-preloader', 'emmc.bin').subarray(0, 2400)
    expect(problemsOf(cut)).toMatchObject([{ code: 'truncated' }, { code: 'truncated' }])
  })

  it('keeps a signature of another type apart, and one without any whole', () => {
    const contentsOf = (name: string) =>
      collect(mediatekPreloader, fixture('mediatek-preloader', name)).contents
    expect(contentsOf('signed.bin').get('signature')?.length).toBe(256)
    expect([...contentsOf('none.bin').keys()]).toEqual(['program'])
  })
})

hostileSuite({
  format: mediatekPreloader,
  fixture: fixture('mediatek-preloader', 'emmc.bin'),
  needsItsEnd: 'its program ends with it',
})
hostileSuite({
  format: mediatekPreloader,
  fixture: fixture('mediatek-preloader', 'signed.bin'),
  needsItsEnd: 'its program ends with it',
})
