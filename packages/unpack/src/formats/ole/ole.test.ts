import { describe, expect, it } from 'vitest'
import { entryOf, NUMBERS, PASSWD } from '../../testing/archive.ts'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { LINES } from '../../testing/streams.ts'
import { cab } from '../cab/index.ts'
import { ole } from './index.ts'

/** What `seq 1 1500` prints. */
const LONG = LINES.slice(0, LINES.indexOf('\n1501\n') + 1)

describe('ole', () => {
  it('shows storages and streams, short and long ones', () => {
    const found = collect(ole, fixture('ole', 'tree.ole'))
    expect(found.problems).toEqual([])
    expect(found.contents.get('tree/passwd')?.toString()).toBe(PASSWD)
    expect(found.contents.get('tree/folder/numbers')?.toString()).toBe(NUMBERS)
    expect(found.contents.get('tree/lines')?.toString()).toBe(LONG)
    expect(found.contents.get('tree/empty')).toHaveLength(0)
    expect(entryOf(found, 'tree/folder')).toMatchObject({ type: 'directory' })
  })

  it('undoes the names of a package of Windows Installer, whose cabinet lies there as it is', () => {
    const { contents, problems } = collect(ole, fixture('ole', 'package.msi'))
    expect(problems).toEqual([])
    expect([...contents.keys()]).toContain('!File')
    expect([...contents.keys()]).toContain('\x05SummaryInformation')
    const inner = collect(cab, contents.get('Sample.cab') as Buffer)
    expect(inner.contents.get('numbers')?.toString()).toBe(NUMBERS)
    expect(inner.contents.get('passwd')?.toString()).toBe(PASSWD)
  })

  it('tells chains that are torn, and what two streams claim', () => {
    const image = fixture('ole', 'tree.ole')
    const entry = (name: string) => image.indexOf(Buffer.from(name, 'utf16le'))
    // A short stream that begins where another one does, and a long one that is said to be longer.
    image.copy(image, entry('passwd') + 116, entry('numbers') + 116, entry('numbers') + 120)
    image.writeUInt32LE(9000, entry('lines') + 120)
    expect(collect(ole, image).problems).toEqual([
      { code: 'structure', message: expect.stringMatching(/torn/), path: 'tree/lines' },
      {
        code: 'structure',
        message: expect.stringMatching(/torn/),
        path: expect.stringMatching(/passwd|numbers/),
      },
    ])
  })
})

for (const name of ['tree.ole', 'package.msi'])
  hostileSuite({
    format: ole,
    fixture: fixture('ole', name),
    needsItsEnd: 'its directory and its tables may lie behind all streams',
  })
