import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { ostreeFilez } from './index.ts'

const FILE = fixture('ostree-filez', 'file.filez')

describe('ostree-filez', () => {
  it('gives the content with its rights', () => {
    const { entries, contents, problems, region } = collect(ostreeFilez, FILE)
    expect(problems).toEqual([])
    expect(region).toEqual({ start: 0, end: FILE.length })
    expect(entries).toMatchObject([{ path: 'content', type: 'file', mode: 0o755 }])
    expect(contents.get('content')?.toString()).toBe(lines(1, 300))
  })

  it('gives a link', () => {
    const { entries } = collect(ostreeFilez, fixture('ostree-filez', 'link.filez'))
    expect(entries).toMatchObject([{ path: 'content', type: 'symlink', target: 'kernel' }])
  })

  it('tells a content of another length', () => {
    const file = Buffer.from(FILE)
    file[15] = (file[15] as number) ^ 1
    expect(collect(ostreeFilez, file).problems).toMatchObject([{ path: 'content' }])
  })
})

hostileSuite({ format: ostreeFilez, fixture: FILE, needsItsEnd: 'there is one content only' })
