import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type DocumentKind, documentCommand } from './document.ts'
import { initCommand } from './init.ts'

let folder: string
let into: string

beforeEach(() => {
  into = mkdtempSync(join(tmpdir(), 'messlatte-document-'))
  folder = join(into, 'conformity')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  initCommand(folder, { profile: 'de-2027', lang: 'en' })
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(into, { recursive: true, force: true })
})

const made = (kind: DocumentKind, name: string, under?: string) =>
  documentCommand(kind, folder, {
    output: join(into, name),
    lang: 'de',
    asOf: '2026-11-28',
    ...(under !== undefined && { under }),
  })

describe('messlatte document', () => {
  it.each([
    ['technical-file', 'a.docx', undefined, 'PK'],
    ['technical-file', 'a.pdf', undefined, '%PDF'],
    ['declaration', 'a.docx', 'eu-cra-2027,eu-red-2025', 'PK'],
    ['declaration', 'a.pdf', 'uk-psti', '%PDF'],
    ['test-plan', 'a.XLSX', undefined, 'PK'],
    ['test-plan', 'a.pdf', undefined, '%PDF'],
  ] as const)('writes a %s as %s, the same bytes each time', async (kind, name, under, start) => {
    expect(await made(kind, name, under)).toBe(0)
    const first = readFileSync(join(into, name))
    expect(first.toString('latin1', 0, start.length)).toBe(start)
    await made(kind, name, under)
    expect(Buffer.compare(first, readFileSync(join(into, name)))).toBe(0)
  })

  it.each([
    ['de-2027', /--under de-2027: is no law with a form; its sources: reported, our analysis/],
    ['bsi-label', /--under bsi-label: is no law/],
    ['nonsense', /--under nonsense: is no rule that has a form/],
    ['uk-psti,eu-cra-2027', /run once for each/],
  ])('declares nothing under %s', async (under, words) => {
    await expect(made('declaration', 'a.pdf', under)).rejects.toThrow(words)
    expect(existsSync(join(into, 'a.pdf'))).toBe(false)
  })

  it('writes them over the newer edition, too', async () => {
    rmSync(folder, { recursive: true })
    initCommand(folder, { profile: 'baseline-v3', lang: 'de' })
    expect(await made('technical-file', 'v3.docx')).toBe(0)
    expect(await made('test-plan', 'v3.xlsx')).toBe(0)
    expect(await made('declaration', 'v3.pdf', 'eu-cra-2027')).toBe(0)
    await expect(made('declaration', 'v3.pdf', 'uk-psti')).rejects.toThrow(/different editions/)
  })

  it('refuses a file name that does not say what to write', async () => {
    await expect(made('technical-file', 'a.xlsx')).rejects.toThrow(/must end in \.docx or \.pdf,/)
    await expect(made('test-plan', 'a.txt')).rejects.toThrow(/\.docx or \.pdf or \.xlsx/)
  })

  it('names the field where papers.json is wrong, and takes a folder without it', async () => {
    writeFileSync(join(folder, 'papers.json'), '{"maker": 1}')
    await expect(made('technical-file', 'a.docx')).rejects.toThrow(/papers\.json:1: maker: must be an object/)
    rmSync(join(folder, 'papers.json'))
    expect(await made('technical-file', 'a.docx')).toBe(0)
  })
})
