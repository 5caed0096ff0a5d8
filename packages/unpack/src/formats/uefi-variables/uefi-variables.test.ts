import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { uefiVolume } from '../uefi-volume/index.ts'
import { uefiVariables } from './index.ts'
import { parseUefiVariables } from './parse.ts'

const VENDOR = 'D15EA5E0-0000-4000-8000-000000000001'
const OVMF = fixture('uefi-variables', 'ovmf.bin')

interface Expected {
  readonly path: string
  readonly attributes: number
  readonly size: number
  readonly sha256: string
}

const expected = JSON.parse(
  readFileSync(new URL('fixtures/ovmf.json', import.meta.url), 'utf8'),
) as readonly Expected[]

describe('uefi-variables', () => {
  it('gives the variables of OVMF as another tool reads them', () => {
    const { contents, entries, problems } = collect(uefiVariables, OVMF)
    expect(problems).toEqual([])
    const live = [...contents].filter(([path]) => !path.startsWith('deleted/'))
    expect(
      live.map(([path, content]) => ({
        path,
        size: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      })),
    ).toEqual(expected.map(({ path, size, sha256 }) => ({ path, size, sha256 })))
    expect(contents.size - live.length).toBe(26)
    const platformKey = entries.find(({ path }) => path.endsWith('/PK'))
    expect(platformKey?.mtime).toBe(Date.UTC(2025, 2, 10, 2, 53, 48) / 1000)
  })

  it('tells checks the attributes', () => {
    const { variables = [] } = parseUefiVariables(memoryBytes(OVMF)) ?? {}
    const live = variables.filter(({ state }) => state === 'live')
    expect(live.map(({ guid, name, attributes }) => ({ path: `${guid}/${name}`, attributes }))).toEqual(
      expected.map(({ path, attributes }) => ({ path, attributes })),
    )
  })

  it.each(['plain.bin', 'vss.bin'])('tells apart what counts and what does not, in %s', (name) => {
    const { contents, problems } = collect(uefiVariables, fixture('uefi-variables', name))
    expect(problems).toEqual([])
    expect([...contents].map(([path, content]) => [path, content.toString('latin1')])).toEqual([
      [`deleted/${VENDOR}/Old`, 'first'],
      [`replaced/${VENDOR}/Twice`, 'before'],
      [`${VENDOR}/Twice`, 'after'],
      [`replaced/${VENDOR}/Cut`, 'still counts'],
      [`incomplete/${VENDOR}/Begun`, '\xff'.repeat(9)],
      [`deleted/${VENDOR}/Old-1`, 'second'],
      [`${VENDOR}/Empty`, ''],
      [`${VENDOR}/${Buffer.from('Größe').toString('latin1')}`, '\x01'],
    ])
  })

  it('knows the older header with variables that have a time', () => {
    const { contents, entries } = collect(uefiVariables, fixture('uefi-variables', 'vss-authenticated.bin'))
    expect(contents.get(`${VENDOR}/db`)?.toString()).toBe('list')
    expect(entries[0]?.mtime).toBe(Date.UTC(2026, 10, 23, 12, 30, 45) / 1000)
  })

  it('is what a volume for variables leads to', () => {
    const { contents, problems } = collect(uefiVolume, fixture('uefi-volume', 'ovmf-variables.fd'))
    expect(problems).toEqual([])
    const within = memoryBytes(contents.get('variables') as Buffer)
    expect(uefiVariables.recognise(within, 0)).toEqual({ start: 0, end: OVMF.length })
  })

  it('shows what follows the variables and is none', () => {
    const damaged = fixture('uefi-variables', 'plain.bin')
    damaged.write('something', 1000)
    const { contents, problems } = collect(uefiVariables, damaged)
    expect(contents.get('rest')?.toString('latin1')).toContain('something')
    expect(problems).toMatchObject([{ code: 'structure' }])
  })

  it('tells a content that is longer than its store', () => {
    const damaged = fixture('uefi-variables', 'vss-authenticated.bin')
    damaged.writeUInt32LE(9999, 16 + 40)
    const { contents, problems } = collect(uefiVariables, damaged)
    expect(contents.get(`${VENDOR}/db`)?.length).toBe(256 - 16 - 60 - 6)
    expect(problems).toMatchObject([{ code: 'structure', path: `${VENDOR}/db` }])
  })
})

hostileSuite({ format: uefiVariables, fixture: fixture('uefi-variables', 'plain.bin') })
hostileSuite({ format: uefiVariables, fixture: OVMF.subarray(0, 20_000) })
