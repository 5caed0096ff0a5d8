import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeDocx, writePdf } from '@messlatte/report'
import { afterAll, describe, expect, it } from 'vitest'
import { sampleDocument } from '../packages/report/src/testing/sample-document.ts'

// Documents as LibreOffice and poppler read them, which know nothing of how they were made.

const folder = mkdtempSync(join(tmpdir(), 'messlatte-documents-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0
}

function textOf(pdf: string): string {
  return execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ')
}

const EXPECTED = [
  'Technische Unterlagen',
  'Horizon Gateway GW-1',
  'Größe „fünf“ – müßig, ≤ 3 € …',
  'Lücke: kein Prüfbericht',
  'niemand unterschrieben',
]

describe('documents in the hands of others', () => {
  it('poppler reads the text of a PDF, and finds its fonts, title and language in it', async (context) => {
    if (!has('pdftotext')) return context.skip('pdftotext not installed')
    const file = join(folder, 'written.pdf')
    writeFileSync(file, await writePdf(sampleDocument('de')))
    for (const text of [...EXPECTED, 'Seite 1 von']) expect(textOf(file)).toContain(text)
    const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' }).trim().split('\n').slice(2)
    expect(fonts.length).toBeGreaterThan(1)
    for (const font of fonts) expect(font).toMatch(/Identity-H +yes yes yes/)
    expect(execFileSync('pdfinfo', [file], { encoding: 'utf8' })).toMatch(/Title: +Technische Unterlagen/)
  })

  it('LibreOffice opens a DOCX and prints all of it', (context) => {
    const missing = ['soffice', 'pdftotext'].filter((program) => !has(program))
    if (missing.length > 0) return context.skip(`${missing.join(', ')} not installed`)
    writeFileSync(join(folder, 'opened.docx'), writeDocx(sampleDocument('de')))
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    execFileSync(
      'soffice',
      [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, join(folder, 'opened.docx')],
      {
        stdio: 'ignore',
      },
    )
    const text = textOf(join(folder, 'opened.pdf'))
    for (const expected of [...EXPECTED, 'Seite 1 von']) expect(text).toContain(expected)
  })
})
