import type { ListedEntry } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { listText } from './list-text.ts'

const damage = { path: 'fw.bin@0x0:tar', code: 'truncated', message: 'the archive is cut off' } as const
const unpacked = {
  artefacts: 1,
  files: 1,
  bytes: 10,
  unknownBytes: 0,
  paddingBytes: 0,
  limits: [{ limit: 'depth', path: 'fw.bin', text: { en: 'Too deep.', de: 'Zu tief.' } }],
  damage: [damage],
  unknown: [],
  map: [],
  formats: {},
  partial: true,
} as const
const told = { entries: [], skipped: [{ path: 'fw.bin@0x0:tar/a', reason: 'disk-full' }], unpacked } as const

describe('what unpack says', () => {
  it('is in the language that was asked for', () => {
    expect(listText(told, 'out', 'en')).toBe(`left out, the disk is full: fw.bin@0x0:tar/a
1 file, 10 bytes inside, 0 bytes that no format claims
damaged: fw.bin@0x0:tar: the archive is cut off
limit: fw.bin: Too deep.
written to out
`)
    expect(listText(told, 'out', 'de')).toBe(`ausgelassen, der Datenträger ist voll: fw.bin@0x0:tar/a
1 Datei, 10 Bytes darin, 0 Bytes, die zu keinem Format gehören
beschädigt: fw.bin@0x0:tar: das Archiv ist abgeschnitten
Grenze: fw.bin: Zu tief.
geschrieben nach out
`)
  })

  it('shows both ends of a path that is too long for a line, and short ones whole', () => {
    const entry = {
      type: 'file',
      mode: 0o644,
      uid: null,
      gid: null,
      size: 1,
      target: null,
      format: null,
    } as const
    const listed = (path: string) =>
      listText({ entries: [{ ...entry, path } as ListedEntry], unpacked }, undefined, 'en').split(
        '\n',
      )[0] as string
    expect(listed('a/'.repeat(120))).toContain('a/'.repeat(120))
    const line = listed(`fw.bin@0x0:tar/${'deep/'.repeat(800)}end`)
    expect(line).toHaveLength(listed('').length + 240)
    expect(line).toMatch(/ fw\.bin@0x0:tar\/(deep\/)+d?e?e?p? … .*deep\/end$/)
    expect(listed('😀'.repeat(300))).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
  })

  it('tells that not all damage is told', () => {
    const cut = { ...told, unpacked: { ...unpacked, omitted: { damage: 12, limits: 3 } } }
    const text = listText(cut, undefined, 'en')
    expect(text).toContain('damaged: 12 more that are not listed\n')
    expect(text).toContain('limit: 3 more that are not listed\n')
  })
})
