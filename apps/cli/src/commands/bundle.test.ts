import { generateKeyPairSync } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bundleCommand } from './bundle.ts'
import { initCommand } from './init.ts'
import { packCommand } from './pack.ts'
import { verifyCommand } from './verify.ts'

let into: string
let folder: string
let said: string

beforeEach(() => {
  into = mkdtempSync(join(tmpdir(), 'messlatte-bundle-'))
  folder = join(into, 'conformity')
  said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text
    return true
  })
  initCommand(folder, { profile: 'de-2027', lang: 'en' })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(join(into, 'key.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
  writeFileSync(join(into, 'key.pub'), publicKey.export({ format: 'pem', type: 'spki' }))
  mkdirSync(join(folder, 'documents'), { recursive: true })
  writeFileSync(join(folder, 'documents', 'report.pdf'), '%PDF-1.7')
  writeFileSync(join(folder, 'secret.pem'), 'never bundled')
  said = ''
})

afterEach(() => {
  vi.restoreAllMocks()
  rmSync(into, { recursive: true, force: true })
})

const at = (name: string) => join(into, name)
const bundled = (name = 'b.zip', also?: string) =>
  bundleCommand(folder, {
    key: at('key.pem'),
    output: at(name),
    asOf: '2026-11-28',
    lang: 'en',
    under: 'eu-cra-2027,eu-red-2025',
    ...(also !== undefined && { with: also }),
  })
const verified = (name: string, trust: readonly string[] = [], json = false) =>
  verifyCommand(at(name), { trust, json, lang: 'en' })

describe('messlatte bundle and verify', () => {
  it('hold findings and verdicts for machines where they are asked for', async () => {
    await bundled()
    await bundled('m.zip', 'sarif,junit')
    const files = (name: string) => {
      said = ''
      verified(name, [], true)
      return (JSON.parse(said).files as { readonly name: string }[]).map((one) => one.name)
    }
    const plain = files('b.zip')
    expect(files('m.zip').filter((one) => !plain.includes(one))).toEqual([
      'reports/findings.sarif',
      'reports/verdicts.junit.xml',
    ])
    await expect(bundled('x.zip', 'pdf')).rejects.toThrow('--with pdf: must be sarif or junit')
  })

  it('say of what is neither what it is, and what can be verified', () => {
    const refused = (name: string, content: string | Buffer) => {
      writeFileSync(at(name), content)
      try {
        verified(name)
        return ''
      } catch (error) {
        return error instanceof Error ? error.message : ''
      }
    }
    expect(refused('a.pdf', '%PDF-1.7')).toMatch(/a\.pdf: is a PDF.*nobody's signature.*verified are: /)
    expect(refused('a.pem', '-----BEGIN PUBLIC KEY-----')).toMatch(/is a key or certificate.*--trust/)
    expect(refused('r.json', '{"schema": "urn:messlatte:result:1"}')).toMatch(/is a result.*messlatte pack/)
    expect(refused('o.json', '{"a": 1}')).toMatch(/is JSON without an envelope/)
    expect(refused('s.txt', 'messlatte-status:1:x.y')).toMatch(/is a status.*messlatte status verify/)
    expect(refused('a.bin', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]))).toMatch(
      /is no text.*messlatte check/,
    )
    expect(
      refused(
        'a.docx',
        'PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml',
      ),
    ).toMatch(/is a document of an office program/)
    expect(() => verified('conformity')).toThrow(/is a folder.*messlatte bundle/)
  })

  it('verify each other: by a key that is trusted, and by one that is not', async () => {
    await bundled()
    expect(verified('b.zip', [at('key.pub')])).toBe(0)
    expect(stripVTControlCharacters(said)).toContain('a key that you trust')
    said = ''
    expect(verified('b.zip')).toBe(1)
    expect(stripVTControlCharacters(said)).toMatch(/key unknown/)
    expect(said).toContain('A signature says who, not that it is true.')
  })

  it('hold what belongs to the folder and what was made of it, and nothing else', async () => {
    await bundled()
    verified('b.zip', [], true)
    const names = JSON.parse(said).files.map(({ name }: { name: string }) => name)
    expect(names).toContain('project/documents/report.pdf')
    expect(names).toContain('reports/technical-file.pdf')
    expect(names).toContain('reports/declaration.docx')
    expect(names.some((name: string) => name.includes('secret'))).toBe(false)
  })

  it('are the same bytes for the same folder, day and key', async () => {
    await bundled('one.zip')
    await bundled('two.zip')
    expect(Buffer.compare(readFileSync(at('one.zip')), readFileSync(at('two.zip')))).toBe(0)
  })

  it('do not follow links out of the folder', async () => {
    symlinkSync('/etc/hostname', join(folder, 'documents', 'link'))
    await expect(bundled()).rejects.toThrow(/is no regular file/)
  })

  it('refuse what was changed, and what is no bundle', async () => {
    await bundled()
    const bytes = readFileSync(at('b.zip'))
    writeFileSync(at('cut.zip'), bytes.subarray(0, -5))
    expect(() => verified('cut.zip')).toThrow(/cut, or something was added/)
    expect(() => verified('none.zip')).toThrow(/cannot be read/)
    writeFileSync(at('text.json'), '{}')
    expect(() => verified('text.json')).toThrow(/is JSON without an envelope/)
  })

  it('verify takes in-toto statements and evidence packs of messlatte pack as well', () => {
    const result = {
      schema: 'urn:messlatte:result:1',
      tool: { name: 'messlatte', version: '0.1.0' },
      images: [{ name: 'fw.bin', size: 10, sha256: 'cc'.repeat(32) }],
      product: { maker: null, model: null, firmware: null },
      unpacked: { partial: false },
      traits: [],
      evidence: [],
    }
    writeFileSync(at('result.json'), JSON.stringify(result))
    packCommand(at('result.json'), { key: at('key.pem'), as: 'evidence-pack', output: at('pack.json') })
    expect(verified('pack.json', [at('key.pub')])).toBe(0)
    expect(verified('pack.json')).toBe(1)
    expect(() =>
      packCommand(at('result.json'), { key: at('key.pem'), as: 'svr', output: at('svr.json') }),
    ).toThrow(/result\.json:1: /)
  })
})
