import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { assessCommand } from './commands/assess.ts'
import { initCommand } from './commands/init.ts'

const folder = join(mkdtempSync(join(tmpdir(), 'messlatte-sarif-')), 'a b')

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

describe('assess --sarif', () => {
  it('names files below the folder, and nothing that lies above it', () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    initCommand(folder, { profile: 'de-2027', lang: 'en' })
    const ics = JSON.parse(readFileSync(join(folder, 'ics.json'), 'utf8'))
    ics.rows['5.7-1'] = { support: 'N', detail: '' }
    const text = JSON.stringify(ics, null, 2)
    writeFileSync(join(folder, 'ics.json'), text)
    const sarif = join(folder, '..', 'findings.sarif')
    assessCommand(folder, { failOn: 'never', sarif, lang: 'en', quiet: true })
    const written = readFileSync(sarif, 'utf8')
    expect(written).not.toContain(tmpdir())
    const found = JSON.parse(written).runs[0].results.find(
      (one: { message: { text: string } }) =>
        one.message.text.startsWith('5.7-1: ') && JSON.stringify(one).includes('without-reason'),
    )
    expect(found.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b/ics.json' },
      region: { startLine: text.split('\n').findIndex((line) => line.includes('"5.7-1"')) + 1 },
    })
  })
})
